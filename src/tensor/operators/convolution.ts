import { requireFloats } from '../element-type.ts'
import {
  biasGradient,
  type ConvolutionAttributes,
  convolutionInputGradient,
  convolutionWeightGradient,
} from '../functions/convolution-gradients.ts'
import { windowCount } from '../functions/window.ts'
import { defineOperator } from '../operator.ts'
import { shapeError } from '../tensor.ts'

defineOperator('Conv', {
  infer: (inputs, attributes) => {
    const [x, weight, bias] = inputs
    const window = attributes as ConvolutionAttributes
    const { group } = window
    requireFloats('Conv', inputs)
    const fits = x.shape[1] === weight.shape[1] * group && weight.shape[0] % group === 0 && Number.isInteger(group)
    if (!fits || (bias && (bias.rank !== 1 || bias.shape[0] !== weight.shape[0]))) {
      throw shapeError('Conv', inputs, 'x (N, C, ...), weight (O, C / groups, ...) and bias (O)')
    }
    const spatial = x.shape.slice(2).map((length, i) => windowCount(window, i, length))
    if (spatial.some((n) => n < 1)) throw shapeError('Conv', inputs, 'an input that is at least as long as the kernel')
    return [{ dtype: x.dtype, shape: [x.shape[0], weight.shape[0], ...spatial] }]
  },
  gradient: ({ inputs: [x, weight, bias], attributes, needs }, [d]) => {
    const window = attributes as ConvolutionAttributes
    return [
      needs(0) ? convolutionInputGradient(d!, weight, window, x.shape.slice(2)) : undefined,
      needs(1) ? convolutionWeightGradient(x, d!, window, weight.shape) : undefined,
      bias && needs(2) ? biasGradient(bias, d!) : undefined,
    ]
  },
})
