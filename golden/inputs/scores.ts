import type { Scores } from '../../src/evaluate/scores/scores.ts'
import type { Values } from '../adapter.ts'

/** Values of shape (N, K) as scores. */
export function scoresOf({ data, shape }: Values): Scores {
  if (shape.length !== 2) throw new Error(`scores have two axes, not the shape [${shape}]`)
  return { data: Float64Array.from(data), samples: shape[0], classes: shape[1] }
}
