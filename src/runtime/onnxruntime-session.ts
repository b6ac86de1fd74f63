import type * as ort from 'onnxruntime-common'
import { OssatureError } from '../errors.ts'
import type { OnnxRuntime } from './onnxruntime-tensor.ts'

export interface SessionSettings {
  /** Name of the device, for messages. */
  readonly name: string
  readonly runtime: OnnxRuntime
  readonly sessionOptions: ort.InferenceSession.SessionOptions
}

type Results = Readonly<Record<string, ort.Tensor>>

/** A session of ONNX Runtime whose failures are errors for people. */
export class OnnxRuntimeSession {
  private readonly device: string
  private session: ort.InferenceSession | undefined

  private constructor(session: ort.InferenceSession, device: string) {
    this.session = session
    this.device = device
  }

  /** @throws OssatureError when the runtime refuses the model */
  static async open(
    model: Uint8Array,
    { name, runtime, sessionOptions }: SessionSettings,
  ): Promise<OnnxRuntimeSession> {
    try {
      // The runtime in the browser notes its defaults in the object that it is given.
      return new OnnxRuntimeSession(await runtime.InferenceSession.create(model, { ...sessionOptions }), name)
    } catch (error) {
      throw failure('the device cannot take this graph', name, error)
    }
  }

  /** Names and types of what the model is fed. */
  get inputs(): readonly ort.InferenceSession.ValueMetadata[] {
    return this.session?.inputMetadata ?? []
  }

  /** @throws OssatureError when the run fails or the session was released */
  async run(feeds: Results, fetches?: Readonly<Record<string, ort.Tensor | null>>): Promise<Results> {
    if (!this.session) throw new OssatureError('the step was released and cannot run any more', { where: this.device })
    try {
      return fetches ? await this.session.run(feeds, fetches) : await this.session.run(feeds)
    } catch (error) {
      throw failure('the run failed', this.device, error)
    }
  }

  async release(): Promise<void> {
    const session = this.session
    this.session = undefined
    await session?.release()
  }
}

function failure(what: string, where: string, cause: unknown): OssatureError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const error = new OssatureError(what, { where, found: message.trim().split('\n')[0] })
  error.cause = cause
  return error
}
