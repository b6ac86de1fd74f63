import { tripletMarginLoss } from '../../../src/nn/index.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('triplet-margin', {
  tripletMarginLoss: ({ input, positive, negative }, options) => tripletMarginLoss(input, positive, negative, options),
})
