import { OssatureError } from '../errors.ts'
import { add, assign, multiply, read, sameShape, subtract, type Tensor, type Variable } from '../tensor/index.ts'

/**
 * Moves variables towards others: target = momentum * target + (1 - momentum) * source. Key encoders (MoCo, arXiv
 * 1911.05722, section 3.2) and mean teachers (arXiv 1703.01780) follow the trained network so.
 * @param targets as many variables, of the same shapes, as `sources`; banks are a few operators in place of hundreds
 * @param momentum the share that a target keeps, in [0, 1]; a scalar where it changes from step to step
 * @throws OssatureError when the two do not fit or `momentum` is out of range
 */
export function moveTowards(
  targets: readonly Variable[],
  sources: readonly Variable[],
  momentum: number | Tensor,
): void {
  if (targets.length !== sources.length) throw misfit(`${sources.length} variables`, `${targets.length} variables`)
  targets.forEach((target, i) => {
    if (!sameShape(target.shape, sources[i].shape))
      throw misfit(`[${sources[i].shape}]`, `[${target.shape}]`, target.name)
  })
  if (typeof momentum === 'number' && !(momentum >= 0 && momentum <= 1))
    throw new OssatureError('the momentum of a moving average is out of range', {
      expected: 'a number from 0 to 1',
      found: String(momentum),
    })
  const share = typeof momentum === 'number' ? 1 - momentum : subtract(1, momentum)
  targets.forEach((target, i) => {
    assign(target, add(multiply(read(target), momentum), multiply(read(sources[i]), share)))
  })
}

function misfit(expected: string, found: string, where?: string): OssatureError {
  return new OssatureError('a moving average does not fit the network that it follows', { where, expected, found })
}
