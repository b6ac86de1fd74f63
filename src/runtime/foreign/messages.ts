/** Numbers of one tensor, as they go between the processes. */
export type ForeignData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array

/** A tensor that a foreign model is fed or gives; its type as ONNX Runtime names it (`float32`, `int64`, `bool`). */
export interface ForeignTensor {
  readonly type: string
  readonly shape: readonly number[]
  readonly data: ForeignData
}

export type ForeignTensors = Readonly<Record<string, ForeignTensor>>

/** What the child process is asked. */
export interface ForeignRequest {
  readonly path: string
  readonly feeds: ForeignTensors
  readonly threads: number
}

/** What it answers. */
export type ForeignAnswer = { readonly outputs: ForeignTensors } | { readonly failure: string }
