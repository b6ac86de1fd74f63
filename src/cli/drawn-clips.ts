import type { ClipMeta } from '../data/clip.ts'
import type { Dataset } from '../data/dataset.ts'
import type { DrawnClip, DrawnMotion } from '../evaluate/drawing/clip-page.ts'
import { withoutMissingJoints } from '../evaluate/drawing/missing-joints.ts'
import { turnUpright, type Upwards, upwardsIn } from '../evaluate/drawing/upright.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import type { Points } from '../skeleton/points.ts'
import type { ClipSampling } from '../systems/draw-samples.ts'
import type { PicturedSamples } from '../systems/pictured-samples.ts'

/** Where a clip does not state its frame rate. */
const USUAL_RATE = 30
/** Clips by which it is found out where up is. */
const MOST_LOOKED_AT = 24

/** Clips as a drawing shows them, the samples of a system beside each. */
export function drawnClips(
  dataset: Dataset,
  indices: readonly number[],
  samplings: readonly ClipSampling[] | undefined,
  onClip: (done: number) => void,
): DrawnClip[] {
  const layout = layoutByName(dataset.layout)
  const up = upwardsIn(someClips(dataset), layout)
  const sampled = samplings?.flatMap(({ samples }) => samples) ?? []
  const upInSamples = upwardsIn(sampled, layout)
  return indices.map((index, i) => {
    const clip = dataset.clip(index)
    const rate = clip.meta.frameRate ?? USUAL_RATE
    const seconds = clip.points.frames / rate
    const recorded = turnUpright(withoutMissingJoints(clip.points), up)
    const own: DrawnMotion = { title: 'as recorded', points: recorded, frameRate: rate }
    onClip(i + 1)
    return {
      id: clip.id,
      label: dataset.classes[clip.label],
      origin: originOf(clip.meta, clip.points.frames),
      motions: samplings ? [own, ...sampleMotions(samplings[i], dataset, seconds, upInSamples)] : [own],
    }
  })
}

/** A sample is shown in the time of its recording, however many frames it has. */
function sampleMotions(
  { samples, mixed }: ClipSampling,
  { classes }: Dataset,
  seconds: number,
  up: Upwards,
): DrawnMotion[] {
  const drawn = (title: string, points: Points): DrawnMotion => ({
    title,
    points: turnUpright(points, up),
    frameRate: points.frames / seconds,
  })
  const motions = samples.map((points, n) => drawn(`sample ${n + 1}`, points))
  if (!mixed) return motions
  const percent = Math.round(100 * mixed.weight)
  const partner = classes[mixed.partner]
  const notes = [`label: ${percent} % its own, ${100 - percent} % ${partner}`, `in another colour: from ${partner}`]
  return [...motions, { ...drawn('mixed', mixed.points), borrowed: mixed.borrowed, notes }]
}

/** What is to be known below the title. */
export function leadOf(dataset: Dataset, indices: readonly number[], maker?: PicturedSamples): string[] {
  const { entries, classes } = dataset
  const layout = layoutByName(dataset.layout)
  const unstated = indices.some((index) => entries[index].meta.frameRate === undefined)
  const shown = `${indices.length} of ${entries.length} clips in ${classes.length} classes, skeleton ${layout.name}.`
  const sides = layout.mirrored.length > 0 ? " The body's right side is drawn pale." : ''
  const rate = unstated ? ` The frame rate is not stated: ${USUAL_RATE} frames per second.` : ''
  const samples = maker ? [`Samples: ${maker.steps.join('; ')}.${mixingText(maker)}`] : []
  return [shown + sides + rate, ...samples]
}

function mixingText({ mixing }: PicturedSamples): string {
  if (!mixing) return ''
  return ` Of a batch, ${Number((100 * mixing.ratio).toFixed(2))} % are mixed with another clip.`
}

function originOf(meta: ClipMeta, frames: number): string {
  const fields = ['performer', 'partner', 'camera', 'setup', 'repetition'] as const
  const stated = fields.flatMap((field) => (meta[field] === undefined ? [] : [`${field} ${meta[field]}`]))
  return [...stated, `${frames} frames`].join(', ')
}

/** Points of some clips, evenly spaced over the data set. */
function someClips(dataset: Dataset) {
  const count = Math.min(MOST_LOOKED_AT, dataset.entries.length)
  return Array.from({ length: count }, (_, i) => dataset.clip(Math.floor((i * dataset.entries.length) / count)).points)
}
