import type * as ort from 'onnxruntime-common'
import { OssatureError } from '../errors.ts'
import type { HostArray } from './device.ts'
import type { OnnxRuntimeSession } from './onnxruntime-session.ts'
import { type FedType, fedTensor, type OnnxRuntime } from './onnxruntime-tensor.ts'
import type { Turns } from './turns.ts'

const DTYPES: Readonly<Record<string, string>> = { float32: 'f32', int32: 'i32' }

function fedType({ name, type, shape }: ort.InferenceSession.TensorValueMetadata): FedType {
  const lengths = shape.filter((n) => typeof n === 'number' && n >= 0) as number[]
  if (lengths.length < shape.length)
    throw new OssatureError('this input of the model has no fixed shape', {
      where: name,
      expected: 'a number along every axis',
      found: `[${shape.join(', ')}]`,
    })
  return { name, dtype: DTYPES[type] ?? type, shape: lengths }
}

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
   * @throws OssatureError when an input is missing, of another type or size or without a fixed shape, or the run fails
   */
  run(feeds: Readonly<Record<string, HostArray>>): Promise<Record<string, HostArray>> {
    return this.turns.take(async () => {
      const fed = this.session.inputs.flatMap((input) =>
        input.isTensor ? [[input.name, fedTensor(this.runtime, fedType(input), feeds[input.name])]] : [],
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
