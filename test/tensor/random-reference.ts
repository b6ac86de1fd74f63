import { deriveKey } from '../../src/random/philox.ts'

/** Cut towards zero, as ONNX divides integers. */
const quotient = (x: number, by: number) => Math.trunc(x / by)

const foldUpperHalf = (x: number) => (x + quotient(x, 65536)) | 0

/** The hash of seeds, steps, streams and indices. */
export function mix(x: number): number {
  let mixed = foldUpperHalf(x)
  for (let round = 0; round < 2; round++) {
    mixed = foldUpperHalf((Math.imul(mixed, 2 * mixed + 1) + 0x7f4a7c15) | 0)
  }
  return mixed
}

/** The words of one call in a graph, in plain integers. `columns` is the width of the grid that the elements fill. */
export function referenceWords(
  seed: number | string,
  step: number,
  stream: number,
  rows: number,
  columns: number,
): Int32Array {
  const [key0, key1] = deriveKey([0, 0], ['random numbers in graphs', seed])
  const [a, c, b, d, e] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822].map((origin) =>
    [key0, key1, step, stream].reduce((hash, word) => mix((hash + word) | 0), origin | 0),
  )
  const indexed = (word: number, count: number) =>
    Int32Array.from({ length: count }, (_, i) => mix((word + Math.imul(i, 0x9e3779b1)) | 0))
  const [rowA, rowC] = [a, c].map((word) => indexed(word, rows))
  const [columnB, columnD, columnE] = [b, d, e].map((word) => indexed(word, columns))
  return Int32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns]
    const base = (rowA[row] + columnB[column]) | 0
    return (Math.imul(Math.imul(base, rowC[row]) + columnD[column], base) + columnE[column]) | 0
  })
}

/** Numbers in [0, 1) from words. */
export function referenceUniform(words: Int32Array): Float32Array {
  return Float32Array.from(words, (word) => centred(word) / 2 ** 24 + 0.5)
}

/** Whole numbers from -2^23 to 2^23 - 1. */
export function centred(word: number): number {
  return quotient(Math.imul(foldUpperHalf(word), 0x7feb352d), 256)
}
