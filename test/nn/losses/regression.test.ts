import { describe, expect, it } from 'vitest'
import { huberLoss, l1Loss, mseLoss, smoothL1Loss } from '../../../src/nn/index.ts'
import { f32, trace } from '../../../src/tensor/index.ts'
import { describeLosses } from './loss-cases.ts'

const LOSSES = { mseLoss, l1Loss, smoothL1Loss, huberLoss }

describeLosses('regression', {
  mseLoss: ({ input, target }, options) => mseLoss(input, target, options),
  l1Loss: ({ input, target }, options) => l1Loss(input, target, options),
  smoothL1Loss: ({ input, target }, options) => smoothL1Loss(input, target, options),
  huberLoss: ({ input, target }, options) => huberLoss(input, target, options),
})

it('refuses limits that are none', () => {
  trace({ x: f32(4) }, ({ x }) => {
    expect(() => smoothL1Loss(x, x, { beta: -1 })).toThrow(/beta[\s\S]*0 or more[\s\S]*-1/)
    for (const delta of [0, -1, Number.NaN]) expect(() => huberLoss(x, x, { delta })).toThrow(/delta[\s\S]*above 0/)
    return {}
  })
})

describe.each(Object.entries(LOSSES))('%s', (name, loss) => {
  it('refuses tensors of two shapes instead of broadcasting them', () => {
    trace({ input: f32(4, 1), target: f32(4) }, ({ input, target }) => {
      expect(() => loss(input, target)).toThrow(`${name} cannot take these tensors`)
      return {}
    })
  })
})
