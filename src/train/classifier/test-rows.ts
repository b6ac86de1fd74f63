import { joinedInputs, type SampleInputs } from '../../augment/samples/index.ts'
import type { CompiledStep, Device } from '../../runtime/device.ts'
import { f32, type Tensor, trace } from '../../tensor/index.ts'
import type { ClipSamples } from './clip-samples.ts'

/** A compiled network in evaluation mode that gives a row of numbers for each clip. */
export class TestRows {
  readonly width: number
  private readonly step: CompiledStep
  private readonly samples: ClipSamples
  private readonly batchSize: number

  private constructor(step: CompiledStep, width: number, samples: ClipSamples, batchSize: number) {
    this.step = step
    this.width = width
    this.samples = samples
    this.batchSize = batchSize
  }

  /** @param rows of the inputs of N samples, by name; (N, width) */
  static async compile(
    rows: (inputs: Readonly<Record<string, Tensor>>) => Tensor,
    samples: ClipSamples,
    device: Device,
    batchSize = 16,
  ): Promise<TestRows> {
    const inputs = Object.entries(samples.shapes).map(([name, shape]) => [name, f32(batchSize, ...shape)])
    const graph = trace(Object.fromEntries(inputs), (tensors) => ({ rows: rows(tensors) }))
    const [, width] = graph.outputs[0].tensor.shape
    return new TestRows(await device.compile(graph), width, samples, batchSize)
  }

  /**
   * The rows of clips, end to end, each the mean over the clip's test samples.
   * @param onClip told the number of clips done
   */
  async of(
    indices: readonly number[],
    clipsPerVideo = 1,
    onClip: (done: number) => void = () => {},
  ): Promise<Float64Array> {
    const { width } = this
    const data = new Float64Array(indices.length * width)
    let pending: { row: number; share: number; inputs: SampleInputs }[] = []
    const flush = async () => {
      if (pending.length === 0) return
      const inputs = pending.map((sample) => sample.inputs)
      // The step has one size; rows of the first clip fill up the last batch.
      while (inputs.length < this.batchSize) inputs.push(inputs[0])
      const { rows } = await this.step.run(joinedInputs(inputs))
      pending.forEach(({ row, share }, i) => {
        for (let k = 0; k < width; k++) data[row * width + k] += share * rows[i * width + k]
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
    return data
  }

  release(): Promise<void> {
    return this.step.release()
  }
}
