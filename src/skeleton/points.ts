/** Coordinates of M persons, T frames, V joints, C channels: row-major (M, T, V, C). */
export interface Points<A extends Float32Array | Float64Array = Float32Array> {
  readonly data: A
  readonly persons: number
  readonly frames: number
  readonly joints: number
  readonly channels: number
}
