import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { OssatureError, shortList } from '../errors.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { fileFailure } from '../files/failure.ts'
import { readFileBytes } from '../files/file-tree.ts'
import { parseJson } from '../files/json.ts'
import { readWeights } from '../files/weights.ts'
import { backboneOfNames } from '../models/backbone-of-names.ts'
import {
  type LoadReport,
  loadStateDict,
  type PrefixChange,
  prefixChange,
  type StateEntry,
  withPrefixChanged,
} from '../nn/index.ts'
import { sizeOf, type Variable } from '../tensor/index.ts'
import { newestCheckpoint } from '../train/run/run-checkpoints.ts'
import { INITIAL_WEIGHTS } from '../train/run/run-folder.ts'
import { isRun } from '../train/run/run-record.ts'

/** Weights that a run starts from. */
export interface WeightSource {
  /** File that was read: the one that was named, or the newest checkpoint of the run that was named. */
  readonly file: string
  /** SHA-256 of the file. */
  readonly sha256: string
  readonly entries: ReadonlyMap<string, StateEntry>
}

/** What a run took over, for people and for its record. */
export interface LoadedWeights {
  readonly source: WeightSource
  readonly report: LoadReport
  /** What was done to the names of the file. */
  readonly prefix: PrefixChange
  /** Share of the values of the network's parameters that were taken over. */
  readonly share: number
}

/** Below this share of its values a network is rather another one than that of the file. */
const HALF = 0.5

/**
 * Reads weights from a file (safetensors or PyTorch, told from its content) or from the newest checkpoint of a run. Where
 * a checkpoint holds a moving average of the weights, which is what its run tested and exported, that stands in place of
 * the weights of the last step.
 * @throws OssatureError
 */
export function readWeightSource(from: string): WeightSource {
  const file = isFolder(from) ? checkpointOfRun(from) : from
  const bytes = readFileBytes(file)
  const entries = averaged(readWeights(bytes, file))
  return { file, sha256: createHash('sha256').update(bytes).digest('hex'), entries }
}

/** The prefix of the moving average in the checkpoints of runs. */
const AVERAGE = 'training.average.'

function averaged(entries: ReadonlyMap<string, StateEntry>): ReadonlyMap<string, StateEntry> {
  const names = [...entries.keys()].filter((name) => name.startsWith(AVERAGE))
  return new Map([...entries, ...names.map((name) => [name.slice(AVERAGE.length), entries.get(name)!] as const)])
}

/**
 * Takes over every tensor that fits by name and shape; others keep their initial values, such as a classifier of other
 * classes. A prefix that the names have or lack is seen to.
 * @param backbone the one that the options name, where they name one
 * @throws OssatureError when not one parameter fits; nothing is then changed
 */
export function loadWeightSource(
  source: WeightSource,
  variables: ReadonlyMap<string, Variable>,
  backbone?: unknown,
): LoadedWeights {
  const wanted = new Map([...variables].filter(([name, { kind }]) => kind !== 'slot' && !OF_TRAINING.test(name)))
  const names = [...source.entries.keys()].filter((name) => !OF_TRAINING.test(name))
  const prefix = prefixChange(names, new Set(wanted.keys()))
  const rename = (name: string) => {
    if (OF_TRAINING.test(name)) return undefined
    const changed = withPrefixChanged(name, prefix)
    return source.entries.has(changed) ? name : changed
  }
  const fits = [...source.entries].some(([name, { shape }]) => {
    const variable = wanted.get(rename(name) ?? '')
    return variable?.kind === 'parameter' && variable.shape.join() === shape.join()
  })
  if (!fits) {
    throw new OssatureError('these weights fit nothing in the network', {
      where: source.file,
      expected: namesWithShapes(wanted),
      found: namesWithShapes(source.entries),
      hint: networkHint(source, backbone),
    })
  }
  const report = loadStateDict(wanted, source.entries, { strict: false, rename })
  return { source, prefix, report, share: shareOf(report, wanted) }
}

function shareOf({ loaded }: LoadReport, variables: ReadonlyMap<string, Variable>): number {
  const parameters = [...variables].filter(([, { kind }]) => kind === 'parameter')
  const taken = new Set(loaded)
  const values = (some: typeof parameters) => some.reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0)
  return values(parameters.filter(([name]) => taken.has(name))) / values(parameters)
}

/** Whether most of the network is as initialised, although it started from weights. */
export function isMostlyInitial({ share }: LoadedWeights): boolean {
  return share < HALF
}

/**
 * Weights of a network that is tested without training.
 * @param backbone the one that the options name, where they name one
 * @throws OssatureError when they leave most of it as initialised: its results would be those of chance
 */
export function requireMostOf(weights: LoadedWeights, backbone?: unknown): void {
  if (!isMostlyInitial(weights)) return
  const { source, report, share } = weights
  const all = report.loaded.length + report.missing.length + report.misshaped.length
  throw new OssatureError('most of the network would be as initialised, and without epochs it stays so', {
    where: source.file,
    expected: 'weights of at least half of the network',
    found: `${report.loaded.length} of ${all} tensors, ${(100 * share).toFixed(1)}% of the values`,
    hint: networkHint(source, backbone),
  })
}

/** How to choose the network of the weights, which the names in the file may tell. */
export function networkHint({ entries }: WeightSource, backbone?: unknown): string {
  const named = backbone === undefined ? undefined : backboneOfNames(entries.keys())
  return named === undefined || named === backbone
    ? 'Choose the backbone, width and stream that the weights were trained with.'
    : `The names in the file are those of ${named}: choose it with --set backbone=${named}.`
}

/**
 * A run that was killed before its first checkpoint reads its source again, which must then be the same.
 * @throws OssatureError when the folder has a record of another source
 */
export function requireSameSource(run: string, source: WeightSource): void {
  const path = join(run, INITIAL_WEIGHTS)
  if (!existsSync(path)) return
  const recorded = (parseJson(readFileBytes(path), path) as { sha256?: unknown } | null)?.sha256
  if (recorded === source.sha256) return
  throw new OssatureError('the weights that this run started from have changed', {
    where: source.file,
    expected: `SHA-256 ${recorded}`,
    found: `SHA-256 ${source.sha256}`,
    hint: 'Give --force to start over with the present ones.',
  })
}

/** Writes where the weights of a run came from into its folder. */
export function recordWeights(run: string, from: string, { source, report, prefix }: LoadedWeights): void {
  const { file, sha256 } = source
  const record = { from, file, sha256, prefix, ...report }
  writeFileAtomically(join(run, INITIAL_WEIGHTS), `${JSON.stringify(record, null, 2)}\n`)
}

/** State of training beside the network in the checkpoints of runs: slots of optimisers, random numbers, moving averages. */
const OF_TRAINING = /^(optimizer|training)\./

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw fileFailure(error, 'cannot read the weights', path)
  }
}

function checkpointOfRun(folder: string): string {
  if (!isRun(folder)) {
    throw new OssatureError('this folder is not a run', {
      where: folder,
      expected: 'a run folder, or a file of weights',
      hint: 'Name the folder that holds options.yaml and checkpoints, or a file.',
    })
  }
  const newest = newestCheckpoint(folder)
  if (!newest) throw new OssatureError('this run has no checkpoints yet', { where: folder })
  return newest.path
}

function namesWithShapes(entries: ReadonlyMap<string, { readonly shape: readonly number[] }>): string {
  return shortList(Array.from(entries, ([name, { shape }]) => `${name} [${shape.join(', ')}]`)) || 'no tensors'
}
