import { concat, reshape, shift, slice, type Tensor } from '../../../tensor/index.ts'

/**
 * Windows of `size` frames around every `stride`-th frame, zeros beyond the ends:
 * x (N, C, T, V) to (N, C, T', size * V), where node j * V + v is joint v of the window's frame j.
 */
export function temporalWindows(x: Tensor, size: number, stride: number): Tensor {
  const [N, C, T, V] = x.shape
  const before = Math.floor((size - 1) / 2)
  const count = Math.floor((T + 2 * before - size) / stride) + 1
  // `stride` frames in a row: a window is then the start of consecutive rows, and no frame is picked alone.
  const rows = Math.ceil(size / stride)
  const length = (count - 1 + rows) * stride
  const grouped = reshape(shift(x, 2, before, length), [N, C, length / stride, stride * V])
  const parts = Array.from({ length: rows }, (_, row) => {
    const frames = Math.min(stride, size - row * stride)
    return slice(slice(grouped, 2, row, row + count), 3, 0, frames * V)
  })
  return concat(parts, 3)
}
