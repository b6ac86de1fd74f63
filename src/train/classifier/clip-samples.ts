import {
  type InputShapes,
  inputShapes,
  joinedInputs,
  preparedForSamples,
  type SampleInputs,
  type SampleRecipe,
  seenBySamples,
  takesPartner,
  testInputs,
  trainingInputs,
} from '../../augment/samples/index.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { Points } from '../../skeleton/points.ts'

/** Prepared clips beyond this many bytes are prepared again when they are needed, so that memory stays bounded. */
const KEPT_BYTES = 256 * 2 ** 20

/** Network inputs made from the clips of a data set. */
export class ClipSamples {
  readonly layout: Layout
  readonly recipe: SampleRecipe
  readonly dataset: Dataset
  private readonly prepared = new Map<number, Points>()
  private keptBytes = 0
  private readonly partners: readonly number[] | undefined
  private clipsOfClasses: readonly (readonly number[])[] | undefined

  /** @param partners clips that may be partners of others, where the recipe asks for that; by default all */
  constructor(dataset: Dataset, recipe: SampleRecipe, partners?: readonly number[]) {
    this.dataset = seenBySamples(dataset, recipe)
    this.recipe = recipe
    this.partners = partners
    this.layout = layoutByName(dataset.layout)
  }

  /** Shapes of the inputs of one sample, by name. */
  get shapes(): InputShapes {
    return inputShapes(this.recipe, this.dataset)
  }

  /** Augmented samples of several clips, end to end, by the names of the inputs: `clip` is (N, M, T, V, C). */
  trainingBatch(indices: readonly number[], random: RandomStream): Record<string, Float32Array> {
    const prepared = indices.map((index) => this.clip(index))
    const partners = this.partnersOf(indices, random)?.map((index) => this.clip(index))
    return trainingBatch(prepared, partners, this.recipe, this.layout, random)
  }

  /** The test samples of one clip. */
  testSamples(index: number, clips: number): SampleInputs[] {
    return testInputs(this.clip(index), this.recipe, this.layout, clips)
  }

  /** For each clip another one of its class, drawn for it, where the recipe asks for that. */
  partnersOf(indices: readonly number[], random: RandomStream): number[] | undefined {
    if (!takesPartner(this.recipe)) return undefined
    const { entries, classes } = this.dataset
    this.clipsOfClasses ??= classes.map((_, label) =>
      (this.partners ?? entries.map((_, index) => index)).filter((index) => entries[index].label === label),
    )
    return indices.map((index, i) => {
      const same = this.clipsOfClasses![entries[index].label]
      return same.length === 0 ? index : same[random.fork('partner', i).integer(0, same.length)]
    })
  }

  private clip(index: number): Points {
    const kept = this.prepared.get(index)
    if (kept) return kept
    const points = preparedForSamples(this.dataset.clip(index).points, this.recipe, this.layout)
    if (this.keptBytes + points.data.byteLength <= KEPT_BYTES) {
      this.prepared.set(index, points)
      this.keptBytes += points.data.byteLength
    }
    return points
  }
}

/** Augmented samples of prepared clips, end to end, by the names of the inputs. Clip i draws from a stream of its own. */
export function trainingBatch(
  prepared: readonly Points[],
  partners: readonly Points[] | undefined,
  recipe: SampleRecipe,
  layout: Layout,
  random: RandomStream,
): Record<string, Float32Array<ArrayBuffer>> {
  return joinedInputs(
    prepared.map((points, i) => trainingInputs(points, recipe, layout, random.fork('clip', i), partners?.[i])),
  )
}
