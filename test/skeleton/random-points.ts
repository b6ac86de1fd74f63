import { CounterStream } from '../../src/random/counter-stream.ts'
import type { Points } from '../../src/skeleton/points.ts'

/** Coordinates uniform in [-1, 1), the same for the same shape and seed. */
export function randomPoints(shape: Omit<Points, 'data'>, seed = 1): Points {
  const stream = new CounterStream(seed)
  const { persons, frames, joints, channels } = shape
  const length = persons * frames * joints * channels
  return { ...shape, data: Float32Array.from({ length }, () => stream.uniform(-1, 1)) }
}
