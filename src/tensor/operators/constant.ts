import { defineOperator } from '../operator.ts'

defineOperator('Constant', { infer: (_, { dtype, shape }) => [{ dtype, shape }] })

defineOperator('Input', { infer: (_, { dtype, shape }) => [{ dtype, shape }] })
