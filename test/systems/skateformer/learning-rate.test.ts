import { expect, it } from 'vitest'
import { resolveOptions } from '../../../src/systems/options.ts'
import { learningRateOf } from '../../../src/systems/skateformer/learning-rate.ts'
import { skateformerOptions } from '../../../src/systems/skateformer/options.ts'

const STEPS = 7
const options = resolveOptions(skateformerOptions, [])
const rate = learningRateOf(
  options,
  Array.from({ length: options.epochs }, () => STEPS),
)
const at = (t: number) => rate({ epoch: Math.floor(t / STEPS), iteration: t, iterationsPerEpoch: STEPS })

/** The formula of the published recipes: 500 epochs, of which 25 rise. */
function published(t: number): number {
  const [total, rising] = [500 * STEPS, 25 * STEPS]
  if (t < rising) return 1e-7 + (t * (1e-3 - 1e-7)) / rising
  if (t < total) return 1e-5 + 0.5 * (1e-3 - 1e-5) * (1 + Math.cos((Math.PI * t) / total))
  return 1e-5
}

it('the learning rate is the published one at every step', () => {
  for (let t = 0; t <= 501 * STEPS; t++) expect(at(t), `step ${t}`).toBeCloseTo(published(t), 12)
})

it('it falls by six thousandths where the cosine takes over', () => {
  expect(at(25 * STEPS) / at(25 * STEPS - 1)).toBeLessThan(1)
  expect(at(25 * STEPS) / 1e-3).toBeCloseTo(0.994, 3)
})

it('it scales with the option, and needs no warm-up', () => {
  const halved = learningRateOf({ learningRate: 5e-4, warmUp: 0 }, [10])
  expect(halved({ epoch: 0, iteration: 0, iterationsPerEpoch: 10 })).toBe(5e-4)
  expect(halved({ epoch: 1, iteration: 10, iterationsPerEpoch: 10 })).toBeCloseTo(5e-6, 12)
})
