import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'

/** A held-out third of the performers and of the cameras records the test clips. */
export type Part = 'train' | 'test'

/** Every third clip of a class is a test clip. */
export function partOf(index: number): Part {
  return index % 3 === 2 ? 'test' : 'train'
}

/** The index of the n-th clip of a class that belongs to a part. */
export function nthIndex(part: Part, n: number): number {
  return part === 'test' ? 3 * n + 2 : n + Math.floor(n / 2)
}

/** Of `count` performers or cameras, how many belong to training; the rest, at least one, are held out. */
export function trainingShare(count: number): number {
  return count - Math.ceil(count / 3)
}

/** Who records a clip and in which view; `repetition` counts the times that this pair recorded this class before. */
export interface Take {
  readonly performer: number
  readonly camera: number
  readonly repetition: number
}

/**
 * The recording of clip `index` of a class. The pairs of performers and cameras of a part take turns, in an order of the class's own,
 * so a class with few clips still has different performers. `stream` belongs to the class.
 */
export function recordingOf(stream: RandomStream, index: number, performers: number, views: number): Take {
  const part = partOf(index)
  const turn = part === 'test' ? Math.floor(index / 3) : index - Math.floor((index + 1) / 3)
  const [trainPerformers, trainViews] = [trainingShare(performers), trainingShare(views)]
  const [firstPerformer, lastPerformer] = part === 'train' ? [0, trainPerformers] : [trainPerformers, performers]
  const [firstView, lastView] = part === 'train' ? [0, trainViews] : [trainViews, views]
  const own = lastPerformer - firstPerformer
  const pairs = own * (lastView - firstView)
  const order = stream.fork('performers', part).shuffle(Array.from({ length: own }, (_, i) => i))
  const round = Math.floor(turn / own)
  const shift = stream.fork('views', part).integer(0, lastView - firstView)
  return {
    performer: firstPerformer + order[turn % own],
    camera: firstView + (((turn % own) + round + shift) % (lastView - firstView)),
    repetition: Math.floor(turn / pairs),
  }
}

/** Checks that training and test both find at least one performer and one camera. */
export function requirePopulation(performers: number, views: number): void {
  for (const [name, value] of Object.entries({ performers, views })) {
    if (!Number.isInteger(value) || value < 2) {
      throw new OssatureError(`cannot divide ${name} between training and test`, {
        where: `synthetic data, option ${name}`,
        expected: 'a whole number of at least 2',
        found: String(value),
      })
    }
  }
}
