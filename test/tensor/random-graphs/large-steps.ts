import * as t from '../../../src/tensor/index.ts'
import type { Step } from './source.ts'

/** Steps on tensors of a size for which devices compute in other ways, brought down to a few numbers. */
export const LARGE_STEPS: Readonly<Record<string, Step>> = {
  largeSumOfProducts: (s) => {
    const shape = [s.whole(1, 2), s.whole(1, 2), 8, 64]
    const product = t.multiply(t.sin(s.shaped(shape)), s.shaped(shape))
    return t.multiply(t.sum(product, shape[0] === 1 ? [2, 3] : [0, 2, 3]), 0.01)
  },
  largeSumOfRows: (s) => {
    const rows = t.sum(t.tanh(s.shaped([s.whole(2, 3), 1030])), [0])
    return t.slice(t.multiply(rows, 0.4), 1, 0, s.whole(1, 60))
  },
  largeSumOverRuns: (s) => {
    const x = t.sin(s.shaped([2, 3, 4, 5, 6]))
    return t.multiply(
      t.sum(
        x,
        s.stream.choice([
          [0, 2],
          [1, 3, 4],
          [0, 3],
          [2, 4],
        ]),
      ),
      0.05,
    )
  },
  largeTransposition: (s) => {
    const x = s.shaped([2, 9, 8, s.whole(2, 4)])
    const moved = t.transpose(x, s.stream.shuffle([0, 1, 2, 3]))
    return t.mean(t.multiply(moved, t.sin(moved)), [s.whole(0, 1), s.whole(2, 3)])
  },
  largeConvolution: (s) => {
    const y = t.convolution(t.tanh(s.shaped([2, 2, 12, 5])), s.shaped([3, 2, 3, 1]), s.shaped([3]), {
      padding: [1, 0, 1, 0],
    })
    return t.mean(t.relu(y), [2, 3])
  },
}
