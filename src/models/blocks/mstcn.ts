import { BatchNorm, type Conv2d, Module, pointwise, Sequential } from '../../nn/index.ts'
import { concat, maxPool, relu, type Tensor } from '../../tensor/index.ts'
import { reduceTogether } from './temporal-branches.ts'
import { UnitTcn } from './unit-tcn.ts'

const DILATIONS = [1, 2, 3, 4]

/**
 * Multi-scale temporal convolution of ST-GCN++ (PYSKL `mstcn`): four dilated 3x1 convolutions, a max pooling and a
 * 1x1 convolution, each on a narrow 1x1 projection of the input, joined and mixed.
 */
export class MsTcn extends Module {
  readonly branches: readonly (Sequential | Conv2d)[]
  readonly transform: Sequential
  readonly bn: BatchNorm
  private readonly stride: number

  constructor(inChannels: number, outChannels: number, stride = 1) {
    super()
    const narrow = Math.floor(outChannels / (DILATIONS.length + 2))
    const first = outChannels - narrow * (DILATIONS.length + 1)
    const dilated = DILATIONS.map((dilation, i) => {
      const width = i === 0 ? first : narrow
      return new Sequential(
        pointwise(inChannels, width),
        new BatchNorm(width),
        relu,
        new UnitTcn(width, width, { kernel: 3, stride, dilation, norm: false }),
      )
    })
    const pooled = new Sequential(pointwise(inChannels, narrow), new BatchNorm(narrow), relu, (x) => pool(x, stride))
    this.branches = [...dilated, pooled, pointwise(inChannels, narrow, { stride: [stride, 1] })]
    this.transform = new Sequential(new BatchNorm(outChannels), relu, pointwise(outChannels, outChannels))
    this.bn = new BatchNorm(outChannels)
    this.stride = stride
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). */
  forward(x: Tensor): Tensor {
    const reducing = this.branches.slice(0, -1) as Sequential[]
    const reduced = reduceTogether(x, reducing)
    const dilated = DILATIONS.map((_, i) => reducing[i].at(3).forward(reduced[i]))
    const pooled = pool(reduced[DILATIONS.length], this.stride)
    const plain = (this.branches.at(-1) as Conv2d).forward(x)
    return this.bn.forward(this.transform.forward(concat([...dilated, pooled, plain], 1)))
  }
}

/** Max pooling over three frames. */
export function pool(x: Tensor, stride: number): Tensor {
  return maxPool(x, [3, 1], [stride, 1], [1, 0, 1, 0])
}
