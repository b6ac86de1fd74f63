import { readFileSync } from 'node:fs'

/** A file of `fixtures/`, as Python wrote it (`reference/pickles.py`). */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
}

export interface ExpectedTensor {
  readonly kind: 'array' | 'tensor'
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: readonly (number | boolean)[]
}

/** What is in the arrays of `protocol-N.pkl` or the tensors of the checkpoints. */
export function expectedTensors(kind: ExpectedTensor['kind']): ExpectedTensor[] {
  const all: ExpectedTensor[] = JSON.parse(new TextDecoder().decode(fixture('pickles.json')))
  return all.filter((tensor) => tensor.kind === kind)
}

/** A tensor that was read, in the form of `ExpectedTensor`. */
export function described({
  dtype,
  shape,
  data,
}: {
  dtype: string
  shape: readonly number[]
  data: ArrayLike<unknown>
}) {
  return { dtype, shape: [...shape], data: Array.from(data, Number) }
}
