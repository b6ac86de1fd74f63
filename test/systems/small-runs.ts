import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Dataset, datasetOf } from '../../src/data/dataset.ts'
import type { Split } from '../../src/data/splits/splits.ts'
import { generateSynthetic, nwUclaJson } from '../../src/data/synthetic/index.ts'
import { systemNamed } from '../../src/systems/index.ts'
import { resolveOptions } from '../../src/systems/options.ts'
import { runSystem } from '../../src/systems/run-system.ts'
import type { SystemOptions } from '../../src/systems/system.ts'
import { createProgress } from '../../src/train/progress/progress-reporters.ts'
import { newestCheckpoint } from '../../src/train/run/run-checkpoints.ts'

/** What every system can be told to be quick. */
const QUICK = { epochs: 2, batchSize: 4, threads: 1, loaders: 0, imbalance: 1, evaluateEvery: 1 }

/** The network with fewest operators and a schedule that take about a second. */
export const SMALL = { ...QUICK, backbone: 'stgcn', width: 8, clipLength: 8, repeat: 1 }

/** The same for systems with other options. */
const SMALL_OF: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'fr-head': { ...QUICK, backbone: 'stgcn', width: 8, clipLength: 8, repeat: 1 },
  hiclr: { ...QUICK, pretrainEpochs: 1, miningFrom: 1, pretrainBatchSize: 4, width: 8, clipLength: 8, featureDim: 8 },
  skateformer: { ...QUICK, width: 32, depth: 1, repeat: 1 },
}

/** The quick options of a system and changes to them as arguments of the command line. */
export function settings(changes: Readonly<Record<string, unknown>> = {}, system = 'baseline'): string[] {
  return Object.entries({ ...(SMALL_OF[system] ?? SMALL), ...changes }).flatMap(([name, value]) => [
    '--set',
    `${name}=${value}`,
  ])
}

/** Action numbers of NW-UCLA in label order. */
const ACTIONS = ['01', '02', '03', '04', '05', '06', '08', '09', '11', '12']

/** Generated motion as files of NW-UCLA by name: of each of the ten classes two training clips and one test clip. */
export function uclaFiles(): Map<string, string> {
  const { clips } = generateSynthetic({ classes: ACTIONS.length, clipsPerClass: 3, frames: [8, 12] })
  return new Map(
    clips.map((clip) => {
      const id = `a${ACTIONS[clip.label]}${clip.id.slice('a00'.length)}`
      return [`${id}.json`, nwUclaJson({ ...clip, id })]
    }),
  )
}

/** Writes files into a new folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): string {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  return folder
}

/** Four classes of generated motion in memory. */
export function smallData(): { dataset: Dataset; split: Split } {
  const { classes, clips } = generateSynthetic({ classes: 4, clipsPerClass: 6, frames: [8, 12] })
  const indices = clips.map((_, index) => index)
  const isTest = (index: number) => index % 3 === 2
  const split = { train: indices.filter((index) => !isTest(index)), test: indices.filter(isTest) }
  return { dataset: datasetOf('synthetic', classes, clips), split }
}

interface TrainFlags {
  readonly resume?: boolean
  readonly force?: boolean
  readonly from?: string
  /** Takes what the run warns of. */
  readonly warnings?: string[]
}

/** Trains a system in this process. */
export function train(
  system: string,
  out: string,
  { dataset, split }: { dataset: Dataset; split?: Split },
  changes: Readonly<Record<string, unknown>> = {},
  { warnings, ...flags }: TrainFlags = {},
) {
  const chosen = systemNamed(system)
  const options = resolveOptions(chosen.options, [
    { origin: 'test', values: { ...(SMALL_OF[system] ?? SMALL), ...changes } },
  ])
  const write = (line: string) => warnings?.push(line.replace(/^warning: |\n$/g, '')) !== 0
  const progress = createProgress({ mode: 'quiet', stream: { write } })
  return runSystem(chosen, options as SystemOptions, dataset, { ...flags, out, progress }, split)
}

/** The files of a run that must be the same bytes whenever the same run is repeated, by name. */
export function resultBytes(run: string): Record<string, string> {
  const checkpoint = relative(run, newestCheckpoint(run)!.path)
  const names = [checkpoint, 'metrics.jsonl', 'scores.safetensors', 'model.onnx', 'options.yaml']
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(run, name)).toString('base64')]))
}
