import { describe, expect, it } from 'vitest'
import { supervisedContrastive } from '../../../src/nn/index.ts'
import { f32, gradients, trace } from '../../../src/tensor/index.ts'
import { fed, randomFed, runGraph } from '../../tensor/run-graph.ts'
import { describeLosses } from './loss-cases.ts'

describeLosses('supervised-contrastive', {
  supervisedContrastive: ({ input, label }, options) => supervisedContrastive(input, label, options),
})

describe('supervised contrastive loss', () => {
  it('is log(number of others) where all vectors are equal', async () => {
    const label = { shape: [4], data: Int32Array.of(0, 0, 1, 1) }
    const { loss } = await runGraph({ x: fed([4, 3], Array(12).fill(2)), label }, (t) => ({
      loss: supervisedContrastive(t.x, t.label),
    }))
    expect(loss[0]).toBeCloseTo(Math.log(3), 5)
  })

  it('refuses temperatures that are not positive', () => {
    trace({ x: f32(4, 3) }, ({ x }) => {
      expect(() => supervisedContrastive(x, undefined, { temperature: 0 })).toThrow(/temperature[\s\S]*above 0/)
      expect(() => supervisedContrastive(x, undefined, { baseTemperature: -1 })).toThrow(/baseTemperature[\s\S]*-1/)
      return {}
    })
  })

  it('costs nothing where no view has another one of its class', async () => {
    const label = { shape: [3], data: Int32Array.of(4, 5, 6) }
    const { loss, gradient } = await runGraph({ x: randomFed([3, 2]), label }, (t) => {
      const loss = supervisedContrastive(t.x, t.label)
      return { loss, gradient: gradients(loss, [t.x])[0]! }
    })
    expect(Math.abs(loss[0])).toBe(0)
    expect(gradient.every((value) => Math.abs(value) === 0)).toBe(true)
  })
})
