/** What an ONNX file says of itself, for inspection. */
export interface OnnxModel {
  /** Version of the file format. */
  readonly irVersion: number
  /** The program that wrote the file, and its version. */
  readonly producer: string
  readonly opsets: readonly OnnxOpset[]
  readonly metadata: ReadonlyMap<string, string>
  /** What the graph is fed, without what it has a value for. */
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly nodes: readonly OnnxNode[]
  readonly initializers: readonly OnnxInitializer[]
  /** Functions that the file defines beside the graph. */
  readonly functions: number
}

export interface OnnxOpset {
  /** Empty for the standard one. */
  readonly domain: string
  readonly version: number
}

export interface OnnxValue {
  readonly name: string
  /** Element type of a tensor as ONNX names it in lower case (`float`, `int64`), else `sequence`, `map` and the like. */
  readonly type: string
  /** Lengths, names of lengths, and `undefined` for unknown ones; absent where the rank is unknown. */
  readonly shape?: readonly (number | string | undefined)[]
}

/** Numbers beyond what JavaScript holds exactly are bigints; of tensors and graphs only the kind is given. */
export type OnnxAttribute =
  | number
  | bigint
  | string
  | readonly (number | bigint)[]
  | readonly string[]
  | { readonly kind: 'tensor' | 'graph' | 'sparse_tensor' | 'type_proto'; readonly count: number }

export interface OnnxNode {
  readonly name: string
  readonly operator: string
  /** Empty for the standard one. */
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, OnnxAttribute>
}

export interface OnnxInitializer {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
}
