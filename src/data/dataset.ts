import { OssatureError } from '../errors.ts'
import type { Clip, ClipMeta } from './clip.ts'
import type { Split } from './splits/split.ts'

/** What is known about a clip without reading its points. */
export interface ClipEntry {
  readonly id: string
  /** 0-based class index. */
  readonly label: number
  readonly persons: number
  readonly frames: number
  readonly meta: ClipMeta
}

/** Labelled clips of one skeleton layout, in a fixed order. */
export interface Dataset {
  readonly name: string
  /** Name of the skeleton layout of every clip. */
  readonly layout: string
  /** Class names by label. */
  readonly classes: readonly string[]
  readonly joints: number
  readonly channels: number
  readonly entries: readonly ClipEntry[]
  /** Divisions that came with the data, by name. */
  readonly splits?: Readonly<Record<string, Split>>
  /** Names of performers and partners by their number, where the recordings name people. */
  readonly performers?: readonly string[]
  /** What the reader chose or left out, a sentence each, for people. */
  readonly notes?: readonly string[]
  /** The clip of `entries[index]`. Reads it when the data set lies on the disk; the caller may keep and change it. */
  clip(index: number): Clip
}

/**
 * A data set held in memory.
 *
 * @throws OssatureError when there are no clips or they differ in layout, joints or channels
 */
export function datasetOf(
  name: string,
  classes: readonly string[],
  clips: readonly Clip[],
  extras: Pick<Dataset, 'splits' | 'performers' | 'notes'> = {},
): Dataset {
  if (clips.length === 0) throw new OssatureError('the data set has no clips', { where: name })
  const [{ id, layout, points }] = clips
  const common = { layout, joints: points.joints, channels: points.channels }
  for (const clip of clips) checkSameLayout(clip, common, `${name}, clip ${clip.id}`, `as in clip ${id}`)
  return {
    name,
    classes,
    ...common,
    entries: clips.map(entryOf),
    ...extras,
    clip: (index) => copyOfClip(clips[checkedIndex(name, index, clips.length)]),
  }
}

/** What is known of a clip without its points. */
export function entryOf({ id, label, points, meta }: Clip): ClipEntry {
  return { id, label, persons: points.persons, frames: points.frames, meta }
}

/** @throws OssatureError when a data set has no clip of this index */
export function checkedIndex(name: string, index: number, count: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index
  throw new OssatureError('there is no such clip', { where: name, expected: `0 to ${count - 1}`, found: `${index}` })
}

/** What all clips of a data set have in common. */
type Common = Pick<Dataset, 'layout' | 'joints' | 'channels'>

/**
 * @param origin of what is expected, for the message: `as in clip 3`
 * @throws OssatureError when a clip differs from the others in layout, joints or channels
 */
export function checkSameLayout({ layout, points }: Clip, common: Common, where: string, origin = ''): void {
  const [found, expected] = [describe({ layout, ...points }), describe(common)]
  if (found === expected) return
  throw new OssatureError('the clips of a data set must have one skeleton layout', {
    where,
    expected: `${expected} ${origin}`.trimEnd(),
    found,
  })
}

function describe({ layout, joints, channels }: Common): string {
  return `layout ${layout}, ${joints} joints, ${channels} channels`
}

/** The clip with arrays of its own. */
export function copyOfClip(clip: Clip): Clip {
  return { ...clip, points: { ...clip.points, data: clip.points.data.slice() }, score: clip.score?.slice() }
}
