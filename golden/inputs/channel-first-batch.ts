import type { Values } from '../adapter.ts'
import { elementCount } from '../fixtures/number-array.ts'
import { withSteps } from './channel-first.ts'

/** The rule of clips that their authors hold as (N, C, T, V, M), with the axes (N, M, T, V, C). */
export function fromChannelFirstBatch(rule: unknown): object {
  return withSteps(rule, { transpose: [0, 4, 2, 3, 1] })
}

/** Clips (N, M, T, V, C) as their authors hold them, (N, C, T, V, M). */
export function channelFirstBatchOf(data: ArrayLike<number>, shape: readonly number[]): Values {
  const [N, M, T, V, C] = shape
  const result = new Float64Array(elementCount(shape))
  for (let at = 0; at < result.length; at++) {
    const channel = at % C
    const joint = Math.floor(at / C) % V
    const frame = Math.floor(at / (C * V)) % T
    const person = Math.floor(at / (C * V * T)) % M
    const clip = Math.floor(at / (C * V * T * M))
    result[(((clip * C + channel) * T + frame) * V + joint) * M + person] = data[at]
  }
  return { data: result, shape: [N, C, T, V, M] }
}
