import { OssatureError } from '../../errors.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { Clip } from '../clip.ts'
import { ACTION_NAMES, ACTIONS } from './actions.ts'
import { nthIndex, type Part, requirePopulation, trainingShare } from './population.ts'
import { type ClipSettings, syntheticClip } from './synthetic-clip.ts'

/** Generated motion with its class names. Not a recording: results on it say nothing about people. */
export interface SyntheticDataset {
  readonly name: 'synthetic'
  readonly layout: 'nw_ucla'
  readonly classes: readonly string[]
  readonly clips: readonly Clip[]
  readonly performers: number
  readonly views: number
}

export interface SyntheticOptions {
  /** Names of actions, or how many of `ACTION_NAMES` from the first one on; 12 unless given. */
  readonly classes?: number | readonly string[]
  /** Clips of every class; 30 unless given. */
  readonly clipsPerClass?: number
  /** Clips of each class, in the order of the classes; instead of `clipsPerClass`. */
  readonly counts?: readonly number[]
  /** Only clips of this part; both unless given, two training clips to one test clip. */
  readonly part?: Part
  /** People in the set, at least 2, of whom a third appears in test clips only; 15 unless given. */
  readonly performers?: number
  /** Cameras in the set, at least 2, of which a third records test clips only; 3 unless given. */
  readonly views?: number
  readonly seed?: number
  /** Shortest and longest clip in frames; [24, 80] unless given. */
  readonly frames?: readonly [number, number]
  /** Standard deviation of the sensor's error at 2.7 m, metres; 0.012 unless given. */
  readonly noise?: number
  /** Expected share of lost joints in [0, 0.5]; 0.04 unless given. */
  readonly missing?: number
}

const DEFAULT_CLASSES = 12

/**
 * Generates a set of motion of one person, layout `nw_ucla` (20 joints), metres, camera coordinates. Each clip is a pure function of
 * the seed, its action, its index in the class and the settings of the set: a longer set begins with the clips of a shorter one,
 * whatever the other classes are. Throws an OssatureError for unknown actions and options out of range.
 */
export function generateSynthetic(options: SyntheticOptions = {}): SyntheticDataset {
  const classes = chooseClasses(options.classes)
  const counts = chooseCounts(options, classes.length)
  const settings = chooseSettings(options)
  const root = new CounterStream(options.seed ?? 0)
  const clips = classes.flatMap((name, label) =>
    Array.from({ length: counts[label] }, (_, n) =>
      syntheticClip(root, name, label, options.part ? nthIndex(options.part, n) : n, settings),
    ),
  )
  const { performers, views } = settings
  return { name: 'synthetic', layout: 'nw_ucla', classes, clips, performers, views }
}

/** Divides a set by performer and camera: no one and no view appears in both parts. */
export function syntheticSplit(dataset: SyntheticDataset): { train: Clip[]; test: Clip[] } {
  const known = trainingShare(dataset.performers)
  const train = dataset.clips.filter((clip) => clip.meta.performer! < known)
  const test = dataset.clips.filter((clip) => clip.meta.performer! >= known)
  return { train, test }
}

function chooseClasses(classes: number | readonly string[] = DEFAULT_CLASSES): readonly string[] {
  if (typeof classes === 'number') {
    requireWhole('classes', classes, 1, ACTION_NAMES.length)
    return ACTION_NAMES.slice(0, classes)
  }
  for (const [position, name] of classes.entries()) {
    if (!Object.hasOwn(ACTIONS, name)) {
      throw new OssatureError('no such action', {
        where: 'synthetic data, option classes',
        expected: `one of: ${ACTION_NAMES.join(', ')}`,
        found: name,
      })
    }
    if (classes.indexOf(name) !== position) {
      throw new OssatureError('an action is named twice', { where: 'synthetic data, option classes', found: name })
    }
  }
  return [...classes]
}

function chooseCounts({ counts, clipsPerClass = 30 }: SyntheticOptions, classes: number): readonly number[] {
  const chosen = counts ?? new Array<number>(classes).fill(clipsPerClass)
  if (chosen.length !== classes) {
    throw new OssatureError('the counts do not fit the classes', {
      where: 'synthetic data, option counts',
      expected: `${classes} numbers, one per class`,
      found: `${chosen.length}`,
    })
  }
  for (const count of chosen) requireWhole(counts ? 'counts' : 'clipsPerClass', count, 0, 1e6)
  return chosen
}

function chooseSettings(options: SyntheticOptions): ClipSettings {
  const { performers = 15, views = 3, frames = [24, 80], noise = 0.012, missing = 0.04 } = options
  requirePopulation(performers, views)
  for (const length of frames) requireWhole('frames', length, 2, 1e5)
  requireRange('frames', frames[1], frames[0], 1e5)
  requireRange('noise', noise, 0, 1)
  requireRange('missing', missing, 0, 0.5)
  return { performers, views, frames, noise, missing }
}

function requireWhole(option: string, value: number, low: number, high: number): void {
  requireRange(option, value, low, high)
  if (!Number.isInteger(value)) outOfRange(option, value, low, high)
}

function requireRange(option: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) outOfRange(option, value, low, high)
}

function outOfRange(option: string, value: number, low: number, high: number): never {
  throw new OssatureError('an option is out of range', {
    where: `synthetic data, option ${option}`,
    expected: `${low} to ${high}`,
    found: String(value),
  })
}
