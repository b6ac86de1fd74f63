import { joinedInputs, type SampleInputs } from '../augment/samples/index.ts'
import type { Scores } from '../evaluate/scores.ts'
import type { CompiledStep, Device } from '../runtime/device.ts'
import { f32, softmax, type Tensor, trace } from '../tensor/index.ts'
import type { ClipSamples } from './clip-samples.ts'

/** Something that maps clips (N, M, T, V, C) to logits (N, classes). */
export interface ClipClassifier {
  /** @param index_t when the frames were taken (N, T), for networks that see it */
  forward(clip: Tensor, index_t?: Tensor): Tensor
}

/** A compiled classifier in evaluation mode. */
export class Scorer {
  private readonly step: CompiledStep
  private readonly samples: ClipSamples
  private readonly batchSize: number
  private readonly classes: number

  private constructor(step: CompiledStep, samples: ClipSamples, batchSize: number, classes: number) {
    this.step = step
    this.samples = samples
    this.batchSize = batchSize
    this.classes = classes
  }

  static async compile(
    model: ClipClassifier,
    classes: number,
    samples: ClipSamples,
    device: Device,
    batchSize = 16,
  ): Promise<Scorer> {
    const inputs = Object.entries(samples.shapes).map(([name, shape]) => [name, f32(batchSize, ...shape)])
    const graph = trace(Object.fromEntries(inputs), ({ clip, index_t }) => ({
      probabilities: softmax(model.forward(clip, index_t)),
    }))
    return new Scorer(await device.compile(graph), samples, batchSize, classes)
  }

  /**
   * Class probabilities of clips, each the mean over its test samples (`average_clips: prob`).
   * @param onClip told the number of clips done
   */
  async score(
    indices: readonly number[],
    clipsPerVideo: number,
    onClip: (done: number) => void = () => {},
  ): Promise<Scores> {
    const data = new Float64Array(indices.length * this.classes)
    let pending: { row: number; share: number; inputs: SampleInputs }[] = []
    const flush = async () => {
      if (pending.length === 0) return
      const rows = pending.map(({ inputs }) => inputs)
      // The step has one size; rows of the first clip fill up the last batch.
      while (rows.length < this.batchSize) rows.push(rows[0])
      const { probabilities } = await this.step.run(joinedInputs(rows))
      pending.forEach(({ row, share }, i) => {
        for (let k = 0; k < this.classes; k++)
          data[row * this.classes + k] += share * probabilities[i * this.classes + k]
      })
      onClip(pending[pending.length - 1].row + 1)
      pending = []
    }
    for (const [row, index] of indices.entries()) {
      const samples = this.samples.testSamples(index, clipsPerVideo)
      for (const inputs of samples) {
        pending.push({ row, share: 1 / samples.length, inputs })
        if (pending.length === this.batchSize) await flush()
      }
    }
    await flush()
    return { data, samples: indices.length, classes: this.classes }
  }

  release(): Promise<void> {
    return this.step.release()
  }
}
