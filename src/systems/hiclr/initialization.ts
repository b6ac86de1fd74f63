import { BatchNorm, Conv1d, Conv2d, Linear, type Module, normal } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'

/**
 * First values of the released commands, on top of those of the constructors: weights of convolutions and linear layers
 * N(0, 0.02^2), of normalisations N(1, 0.02^2), biases 0. Each variable draws from a stream of its own name.
 * @param linear whether linear layers are drawn anew, too; fine-tuning leaves them
 */
export function initializeAsReleased(root: Module, random: RandomStream, { linear = true } = {}, path = ''): void {
  const norm = root instanceof BatchNorm
  if (norm || root instanceof Conv1d || root instanceof Conv2d || (linear && root instanceof Linear)) {
    const { weight, bias } = root
    if (weight) normal(norm ? 1 : 0, 0.02)(weight.values, weight.shape, random.fork(`${path}weight`))
    bias?.values.fill(0)
  }
  for (const [name, part] of root.parts()) initializeAsReleased(part, random, { linear }, `${path}${name}.`)
}
