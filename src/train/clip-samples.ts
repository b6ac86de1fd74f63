import { type ClipRecipe, preparedClip, testSamples, trainingSample } from '../augment/clip-recipe.ts'
import type { Dataset } from '../data/dataset.ts'
import type { RandomStream } from '../random/stream.ts'
import type { Layout } from '../skeleton/layout.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import type { Points } from '../skeleton/points.ts'

/** Network inputs made from the clips of a data set. */
export class ClipSamples {
  readonly layout: Layout
  private readonly dataset: Dataset
  private readonly recipe: ClipRecipe
  private readonly prepared = new Map<number, Points>()

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

  /** Augmented samples of several clips, end to end: (N, M, T, V, C). Clip i draws from a stream of its own. */
  trainingBatch(indices: readonly number[], random: RandomStream): Float32Array {
    const samples = indices.map((index, i) =>
      trainingSample(this.clip(index), this.recipe, this.layout, random.fork('clip', i)),
    )
    return joined(samples)
  }

  /** The test samples of one clip. */
  testSamples(index: number, clips: number): Float32Array[] {
    return testSamples(this.clip(index), this.recipe, this.layout, clips).map(({ data }) => data)
  }

  private clip(index: number): Points {
    let points = this.prepared.get(index)
    if (!points) {
      points = preparedClip(this.dataset.clip(index).points, this.recipe, this.layout)
      this.prepared.set(index, points)
    }
    return points
  }
}

function joined(samples: readonly Points[]): Float32Array {
  const size = samples[0].data.length
  const all = new Float32Array(samples.length * size)
  samples.forEach(({ data }, i) => {
    all.set(data, i * size)
  })
  return all
}
