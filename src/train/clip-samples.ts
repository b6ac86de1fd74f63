import { type ClipRecipe, preparedClip, testSamples, trainingSample } from '../augment/clip-recipe.ts'
import type { Dataset } from '../data/dataset.ts'
import type { RandomStream } from '../random/stream.ts'
import type { Layout } from '../skeleton/layout.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import type { Points } from '../skeleton/points.ts'

/** Prepared clips beyond this many bytes are prepared again when they are needed, so that memory stays bounded. */
const KEPT_BYTES = 256 * 2 ** 20

/** Network inputs made from the clips of a data set. */
export class ClipSamples {
  readonly layout: Layout
  readonly recipe: ClipRecipe
  readonly dataset: Dataset
  private readonly prepared = new Map<number, Points>()
  private keptBytes = 0

  constructor(dataset: Dataset, recipe: ClipRecipe) {
    this.dataset = dataset
    this.recipe = recipe
    this.layout = layoutByName(dataset.layout)
  }

  /** Channels of the network's input. */
  get channels(): number {
    return this.dataset.channels * this.recipe.streams.length
  }

  /** Shape of one sample: (M, T, V, C). */
  get shape(): readonly [number, number, number, number] {
    return [this.recipe.persons, this.recipe.clipLength, this.dataset.joints, this.channels]
  }

  /** Augmented samples of several clips, end to end: (N, M, T, V, C). */
  trainingBatch(indices: readonly number[], random: RandomStream): Float32Array {
    return trainingBatch(
      indices.map((index) => this.clip(index)),
      this.recipe,
      this.layout,
      random,
    )
  }

  /** The test samples of one clip. */
  testSamples(index: number, clips: number): Float32Array[] {
    return testSamples(this.clip(index), this.recipe, this.layout, clips).map(({ data }) => data)
  }

  private clip(index: number): Points {
    const kept = this.prepared.get(index)
    if (kept) return kept
    const points = preparedClip(this.dataset.clip(index).points, this.recipe, this.layout)
    if (this.keptBytes + points.data.byteLength <= KEPT_BYTES) {
      this.prepared.set(index, points)
      this.keptBytes += points.data.byteLength
    }
    return points
  }
}

/** Augmented samples of prepared clips, end to end: (N, M, T, V, C). Clip i draws from a stream of its own. */
export function trainingBatch(
  prepared: readonly Points[],
  recipe: ClipRecipe,
  layout: Layout,
  random: RandomStream,
): Float32Array<ArrayBuffer> {
  const samples = prepared.map((points, i) => trainingSample(points, recipe, layout, random.fork('clip', i)))
  const size = samples[0].data.length
  const all = new Float32Array(samples.length * size)
  samples.forEach(({ data }, i) => {
    all.set(data, i * size)
  })
  return all
}
