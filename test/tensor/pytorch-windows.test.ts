import { describe, it } from 'vitest'
import {
  adaptiveAveragePool,
  averagePool,
  convolution,
  interpolate,
  maxPool,
  type Tensor,
  transposedConvolution,
} from '../../src/tensor/index.ts'
import { checkReference, type ReferenceCase, referenceCases } from './reference-cases.ts'
import type { Tensors } from './run-graph.ts'

const calls: Record<string, (tensors: Tensors, options: ReferenceCase['options']) => Tensor> = {
  convolution: ({ x, weight, bias }, options) => convolution(x, weight, bias, options),
  transposedConvolution: ({ x, weight, bias }, options) => transposedConvolution(x, weight, bias, options),
  maxPool: ({ x }, { kernel, strides, padding, ...options }) => maxPool(x, kernel, strides, padding, options),
  averagePool: ({ x }, { kernel, strides, padding, ...options }) => averagePool(x, kernel, strides, padding, options),
  adaptiveAveragePool: ({ x }, { sizes }) => adaptiveAveragePool(x, sizes),
  interpolate: ({ x }, { sizes, ...options }) => interpolate(x, sizes, options),
}

/** Made by reference/windows.py. */
const cases = referenceCases('windows')

describe.each(Object.keys(calls))('%s agrees with PyTorch', (operator) => {
  it.each(cases.filter((one) => one.operator === operator))('$name', async (one) => {
    await checkReference(one, (tensors) => calls[operator](tensors, one.options), 1e-6)
  })
})
