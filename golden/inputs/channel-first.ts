import { OssatureError } from '../../src/errors.ts'
import { allocate } from '../../src/skeleton/allocate.ts'
import type { Points } from '../../src/skeleton/points.ts'
import type { Values } from '../adapter.ts'
import { flattenNested } from '../fixtures/nested.ts'
import { elementCount } from '../fixtures/number-array.ts'
import { evaluateRule } from '../fixtures/rules.ts'
import type { Step } from '../fixtures/steps.ts'

/** The rule of a clip that its authors hold as (C, T, V, M), with the axes (M, T, V, C). */
export function fromChannelFirst(rule: unknown): object {
  return withSteps(rule, { transpose: [3, 1, 2, 0] })
}

/** An input rule with further steps at the end of its own. */
export function withSteps(rule: unknown, ...steps: Step[]): object {
  const fields = (Array.isArray(rule) ? { values: rule } : rule) as { then?: Step[] }
  // biome-ignore lint/suspicious/noThenProperty: a key of the fixtures
  return { ...fields, then: [...(fields.then ?? []), ...steps] }
}

/** Points as their authors hold them, (C, T, V, M). */
export function channelFirstOf(points: Points<Float32Array | Float64Array>): Values {
  const { persons, frames, joints, channels } = points
  const shape = [channels, frames, joints, persons]
  const data = allocate(points.data, points.data.length)
  for (let at = 0; at < data.length; at++) {
    const channel = at % channels
    const joint = Math.floor(at / channels) % joints
    const frame = Math.floor(at / (channels * joints)) % frames
    const person = Math.floor(at / (channels * joints * frames))
    data[((channel * frames + frame) * joints + joint) * persons + person] = points.data[at]
  }
  return { data, shape }
}

/**
 * Recorded draws for a clip whose axes were changed by `fromChannelFirst`: arrays of the clip's shape (C, T, V, M), or
 * its numbers in a row, are changed likewise, since our transforms draw in the order of (M, T, V, C).
 */
export function drawsFromChannelFirst(
  draws: unknown,
  { persons, frames, joints, channels }: Points<Float32Array | Float64Array>,
): unknown {
  if (!Array.isArray(draws)) throw new OssatureError('not a list of draws', { found: typeof draws })
  const shape = [channels, frames, joints, persons]
  return draws.map((draw) => {
    const { result } = draw
    if (typeof result !== 'object' || result === null) return draw
    const drawn = String(Array.isArray(result) ? flattenNested(result).shape : evaluateRule(result).shape)
    if (drawn !== String(shape) && drawn !== String(elementCount(shape))) return draw
    return { ...draw, result: fromChannelFirst(withSteps(result, { reshape: shape })) }
  })
}
