import { Linear } from '../../nn/index.ts'
import { add, composite, matmul, read, reshape, sum, swapLastAxes, type Tensor } from '../../tensor/index.ts'

/**
 * A linear layer from tokens to feature maps: x (B, L, in) to (B, out, L). Convolutions and partitions need the
 * channels in front, and a matrix product can write them there: no copy in either direction.
 */
export class LinearToMaps extends Linear {
  override forward(x: Tensor): Tensor {
    const [weight, bias] = [read(this.weight), read(this.bias!)]
    const body = add(matmul(weight, swapLastAxes(x)), reshape(bias, [bias.shape[0], 1]))
    const [output] = composite([x, weight, bias], [body], ([d]) => [
      matmul(swapLastAxes(d!), weight),
      reshape(sum(matmul(d!, x), [0]), weight.shape),
      reshape(sum(d!, [0, 2]), bias.shape),
    ])
    return output
  }
}

/** A linear layer from feature maps to tokens: x (B, in, L) to (B, L, out). */
export class LinearToTokens extends Linear {
  override forward(x: Tensor): Tensor {
    const [weight, bias] = [read(this.weight), read(this.bias!)]
    const body = add(matmul(swapLastAxes(x), swapLastAxes(weight)), bias)
    const [output] = composite([x, weight, bias], [body], ([d]) => [
      matmul(swapLastAxes(weight), swapLastAxes(d!)),
      reshape(sum(matmul(swapLastAxes(d!), swapLastAxes(x)), [0]), weight.shape),
      reshape(sum(d!, [0, 1]), bias.shape),
    ])
    return output
  }
}
