import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { OssatureError, shortList } from '../../errors.ts'
import { SCORES } from '../../evaluate/scores/score-file.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { fileFailure } from '../../files/failure.ts'
import { formatYamlOptions, parseYamlOptions } from '../../files/yaml-options.ts'
import type { RunEnvironment } from './environment.ts'
import { CHECKPOINTS } from './run-checkpoints.ts'
import { type RunLock, takeLock } from './run-lock.ts'
import {
  ENVIRONMENT,
  isRun,
  OPTIONS,
  type RunData,
  type RunRecord,
  type RunSession,
  type RunStatus,
  readRun,
  readRunOptions,
  writeRun,
} from './run-record.ts'

export interface RunRequest {
  /** Complete, resolved options. */
  readonly options: Readonly<Record<string, unknown>>
  readonly environment: RunEnvironment
  /** Where the data lie; by default as an earlier start recorded it. */
  readonly data?: RunData
  /** Start over: the results of an earlier run in this folder are removed. */
  readonly force?: boolean
  /** Go on even if the run is finished (with more epochs, for example). */
  readonly resume?: boolean
  /** Names of options that may differ from the earlier start whenever a run goes on. */
  readonly changeable?: readonly string[]
  /** Names of options that may differ as well where `resume` is given. */
  readonly changeableOnResume?: readonly string[]
}

const LOCK = 'run.lock'
/** File of a run with losses and accuracies, a line per epoch. */
export const METRICS = 'metrics.jsonl'
/** File of a run with its trained network. */
export const MODEL = 'model.onnx'
/** File of a run with its page. */
export const REPORT = 'report.html'
/** File of a run that tells where its first weights came from. */
export const INITIAL_WEIGHTS = 'initial-weights.json'
/** Folder of the clips that the run of an attack made, a clip store. */
export const ATTACKED_CLIPS = 'attacked'
/** Numbers of the run of an attack. */
export const ATTACK_RESULT = 'attack.json'
const REMOVED = '.checkpoints.removed'
const RESULTS = [INITIAL_WEIGHTS, METRICS, SCORES, MODEL, REPORT, ATTACKED_CLIPS, ATTACK_RESULT]

/** A run that this process has open for writing. */
export class RunFolder {
  readonly path: string
  /** Options of the earlier start that is continued; undefined when there is none. */
  readonly earlierOptions: Readonly<Record<string, unknown>> | undefined
  private record: RunRecord
  private readonly lock: RunLock

  /** Use `openRun`. */
  constructor(path: string, earlierOptions: RunFolder['earlierOptions'], record: RunRecord, lock: RunLock) {
    this.path = path
    this.earlierOptions = earlierOptions
    this.record = record
    this.lock = lock
  }

  get metrics(): string {
    return join(this.path, METRICS)
  }

  /** A path inside the folder. */
  file(name: string): string {
    return join(this.path, name)
  }

  /** @throws OssatureError when the lock file was removed or taken meanwhile; call it before writing a checkpoint */
  assertHeld(): void {
    if (!this.lock.held())
      throw new OssatureError('this process no longer holds the run', {
        where: this.file(LOCK),
        hint: 'Another process may be writing the same run; resume this one later.',
      })
  }

  /** Records how the session ended and gives the lock back. */
  close(status: Exclude<RunStatus, 'running'>): void {
    try {
      if (!this.lock.held()) return
      const { sessions } = this.record
      const last: RunSession = { ...sessions[sessions.length - 1], ended: new Date().toISOString(), status }
      this.record = { ...this.record, status, sessions: [...sessions.slice(0, -1), last] }
      writeRun(this.path, this.record)
    } finally {
      this.lock.release()
    }
  }
}

/**
 * Opens a run for writing: a new folder, or an earlier start that goes on.
 *
 * An unfinished run with the same options goes on by itself; a finished one needs `resume` or `force`. `options.yaml`
 * then holds the options of this start.
 * @param path the run's folder, made when missing
 * @throws OssatureError when the folder holds something else, the run is finished, another process holds it, or the
 *   options differ from those it was started with
 */
export function openRun(path: string, request: RunRequest): RunFolder {
  const { options, environment, force = false, resume = false } = request
  if (force && resume)
    throw new OssatureError('a run cannot both start over and go on', { expected: 'force or resume' })
  let made: string | undefined
  try {
    made = mkdirSync(path, { recursive: true })
  } catch (error) {
    throw fileFailure(error, 'cannot make the folder of the run', path)
  }
  let lock: RunLock
  try {
    requireRunOrEmpty(path)
    lock = takeLock(join(path, LOCK))
  } catch (error) {
    if (made) removeEmptyFolders(path, made)
    throw error
  }
  try {
    for (const name of readdirSync(path))
      if (isLeftover(name)) rmSync(join(path, name), { recursive: true, force: true })
    const earlier = isRun(path) ? readRun(path) : undefined
    const goesOn = earlier !== undefined && !force
    const earlierOptions = goesOn ? readRunOptions(path) : undefined
    if (goesOn && earlierOptions) {
      if (earlier.status === 'finished' && !resume)
        throw new OssatureError('this run is finished', {
          where: path,
          hint: 'Choose another name, or give --resume to train further, or --force to start over.',
        })
      requireSameOptions(path, earlierOptions, request)
    } else removeResults(path)
    const session: RunSession = { ...environment, started: new Date().toISOString(), ended: null, status: 'running' }
    const { data = goesOn ? earlier.data : undefined } = request
    const sessions = [...(goesOn ? closed(earlier.sessions) : []), session]
    const record: RunRecord = { status: 'running', ...(data && { data }), sessions }
    writeRun(path, record)
    writeFileAtomically(join(path, OPTIONS), formatYamlOptions(options))
    return new RunFolder(path, earlierOptions, record, lock)
  } catch (error) {
    if (made) for (const name of [ENVIRONMENT, OPTIONS]) rmSync(join(path, name), { force: true })
    lock.release()
    if (made) removeEmptyFolders(path, made)
    throw error
  }
}

/** Takes back what `mkdirSync` made: `first` is the outermost new folder. A folder that is not empty stays. */
function removeEmptyFolders(path: string, first: string): void {
  try {
    for (let folder = resolve(path); ; folder = dirname(folder)) {
      rmdirSync(folder)
      if (folder === resolve(first)) return
    }
  } catch {}
}

/** Whether a name is a temporary one of `writeFileAtomically`, left by a process that was killed while it wrote. */
function isLeftover(name: string): boolean {
  return [OPTIONS, ENVIRONMENT, ...RESULTS].some((file) => name.startsWith(`.${file}.tmp-`))
}

/**
 * A run killed at its very start has a record and no options yet, or only temporary names. A lone `options.yaml` is
 * somebody's own file.
 */
function requireRunOrEmpty(path: string): void {
  if (isRun(path)) return
  const names = readdirSync(path)
  if (names.includes(ENVIRONMENT)) readRun(path)
  const foreign = names.filter((name) => name !== ENVIRONMENT && !name.startsWith(LOCK) && !isLeftover(name))
  if (foreign.length > 0)
    throw new OssatureError('this folder is not a run', {
      where: path,
      expected: `an empty folder, or one with ${OPTIONS} and ${ENVIRONMENT}`,
      found: shortList(foreign),
      hint: 'Choose another name; nothing was changed.',
    })
}

function requireSameOptions(
  path: string,
  earlier: Readonly<Record<string, unknown>>,
  { options, resume, changeable = [], changeableOnResume = [] }: RunRequest,
): void {
  const written = parseYamlOptions(formatYamlOptions(options), OPTIONS)
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(written)])]
  const fixed = names.filter((name) => !changeable.includes(name) && !isDeepStrictEqual(earlier[name], written[name]))
  const different = resume ? fixed.filter((name) => !changeableOnResume.includes(name)) : fixed
  if (different.length === 0) return
  const resumable = different.every((name) => changeableOnResume.includes(name))
  const list = (options: Readonly<Record<string, unknown>>) =>
    different
      .map((name) => `${name} = ${options[name] === undefined ? 'nothing' : JSON.stringify(options[name])}`)
      .join(', ')
  throw new OssatureError('the run was started with other options', {
    where: path,
    expected: list(earlier),
    found: list(written),
    hint: `${resumable ? 'Give --resume to go on so, or choose' : 'Choose'} another name, or give --force to start over.`,
  })
}

/**
 * Checkpoints vanish first and in one step: a crash in between can leave results without checkpoints, which the next
 * start overwrites, but never new options beside old checkpoints. Options and record stay until they are replaced, so
 * that the folder remains recognisable as a run.
 */
function removeResults(path: string): void {
  const removed = join(path, REMOVED)
  try {
    rmSync(removed, { recursive: true, force: true })
    if (existsSync(join(path, CHECKPOINTS))) renameSync(join(path, CHECKPOINTS), removed)
    for (const name of readdirSync(path))
      if (name === REMOVED || RESULTS.includes(name) || name.startsWith('events.out.tfevents.'))
        rmSync(join(path, name), { recursive: true, force: true })
  } catch (error) {
    throw fileFailure(error, 'cannot remove the earlier results', path)
  }
}

/** A session that was killed could not say so itself. */
function closed(sessions: readonly RunSession[]): RunSession[] {
  return sessions.map((session) => (session.status === 'running' ? { ...session, status: 'interrupted' } : session))
}
