import { Parameter, zeros } from '../../../nn/index.ts'
import { add, concat, mean, multiply, read, reshape, slice, split, type Tensor } from '../../../tensor/index.ts'
import { MsTcn, type MsTcnOptions } from './mstcn.ts'

export interface DgMsTcnOptions extends MsTcnOptions {
  /** Entries of `add_coeff`; at least as many as there are joints. */
  readonly numJoints?: number
}

/**
 * Dynamic joint-skeleton fusion of DG-STGCN (Duan et al. 2022, section 3.3; PYSKL `dgmstcn`): the branches see the mean
 * of all joints as one more joint, and every joint adds that joint's features with a trained coefficient.
 */
export class DgMsTcn extends MsTcn {
  readonly add_coeff: Parameter

  constructor(inChannels: number, outChannels: number, stride: number, options: DgMsTcnOptions = {}) {
    super(inChannels, outChannels, stride, options)
    this.add_coeff = new Parameter([options.numJoints ?? 25], zeros)
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). */
  override forward(x: Tensor): Tensor {
    const V = x.shape[3]
    const joined = this.joinedBranches(concat([x, mean(x, [3])], 3))
    const [local, global] = split(joined, 3, [V, 1])
    const coefficients = reshape(slice(read(this.add_coeff), 0, 0, V), [1, 1, 1, V])
    return this.mixed(add(local, multiply(global, coefficients)))
  }
}
