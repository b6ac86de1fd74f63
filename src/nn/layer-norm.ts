import { layerNormalization, read, type Shape, type Tensor } from '../tensor/index.ts'
import { ones, zeros } from './initialization.ts'
import { Module, Parameter } from './module.ts'

export interface LayerNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number
  /** Whether the result is scaled and shifted element by element; default true. */
  readonly affine?: boolean
  /** Whether it is shifted, where it is scaled; default true. */
  readonly bias?: boolean
}

/** Layer normalisation over the last axes of x (Ba et al. 2016), as PyTorch's LayerNorm. */
export class LayerNorm extends Module {
  readonly weight?: Parameter
  readonly bias?: Parameter
  readonly normalizedShape: Shape
  readonly epsilon: number

  /** @param shape lengths of the axes to normalise over, the last ones of x; a number for the last axis alone */
  constructor(shape: number | Shape, options: LayerNormOptions = {}) {
    super()
    const { epsilon = 1e-5, affine = true, bias = true } = options
    this.normalizedShape = typeof shape === 'number' ? [shape] : shape
    this.epsilon = epsilon
    if (affine) this.weight = new Parameter(this.normalizedShape, ones)
    if (affine && bias) this.bias = new Parameter(this.normalizedShape, zeros)
  }

  /** @throws OssatureError when the last axes of x have other lengths */
  forward(x: Tensor): Tensor {
    return layerNormalization(x, this.normalizedShape, {
      scale: this.weight && read(this.weight),
      bias: this.bias && read(this.bias),
      epsilon: this.epsilon,
    })
  }
}
