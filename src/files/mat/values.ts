/** A value of a MATLAB file. */
export type MatValue = MatNumbers | MatText | MatCells | MatStructs | MatOther

/** Numbers; the first axis runs fastest, as in MATLAB. */
export interface MatNumbers {
  readonly kind: 'numbers'
  readonly shape: readonly number[]
  readonly data: Float64Array
}

export interface MatText {
  readonly kind: 'text'
  readonly shape: readonly number[]
  readonly text: string
}

export interface MatCells {
  readonly kind: 'cells'
  readonly shape: readonly number[]
  readonly cells: readonly MatValue[]
}

/** An array of structs: one map of fields per element. */
export interface MatStructs {
  readonly kind: 'structs'
  readonly shape: readonly number[]
  readonly structs: readonly ReadonlyMap<string, MatValue>[]
}

/** Something that is not read: sparse arrays, objects, functions, complex numbers. */
export interface MatOther {
  readonly kind: 'other'
  readonly what: string
}
