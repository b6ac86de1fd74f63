import type { HostArray } from './device.ts'
import type { OnnxRuntimeSession } from './onnxruntime-session.ts'
import { fedTensor, type OnnxRuntime } from './onnxruntime-tensor.ts'
import type { Turns } from './turns.ts'

const DTYPES: Readonly<Record<string, string>> = { float32: 'f32', int32: 'i32' }

/** An ONNX model that is opened on a device: outputs are a function of the inputs. */
export class OnnxRuntimeModel {
  private readonly session: OnnxRuntimeSession
  private readonly runtime: OnnxRuntime
  private readonly turns: Turns

  constructor(session: OnnxRuntimeSession, { runtime, turns }: { runtime: OnnxRuntime; turns: Turns }) {
    this.session = session
    this.runtime = runtime
    this.turns = turns
  }

  /**
   * The outputs by their names.
   * @throws OssatureError when an input is missing or of another type or size, or the run fails
   */
  run(feeds: Readonly<Record<string, HostArray>>): Promise<Record<string, HostArray>> {
    return this.turns.take(async () => {
      const fed = this.session.inputs.flatMap((input) =>
        input.isTensor
          ? [
              [
                input.name,
                fedTensor(
                  this.runtime,
                  { name: input.name, dtype: DTYPES[input.type] ?? input.type, shape: input.shape.map(Number) },
                  feeds[input.name],
                ),
              ],
            ]
          : [],
      )
      const results = await this.session.run(Object.fromEntries(fed))
      return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as HostArray]))
    })
  }

  /** Gives back what the model holds. Runs fail afterwards. */
  release(): Promise<void> {
    return this.turns.take(() => this.session.release())
  }
}
