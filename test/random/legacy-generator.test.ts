import { describe, expect, it } from 'vitest'
import { LegacyGenerator } from '../../src/random/legacy-generator.ts'

describe("NumPy's legacy generator", () => {
  it('starts with the well-known numbers of seed 0', () => {
    const generator = new LegacyGenerator(0)
    const units = [0.5488135039273248, 0.7151893663724195, 0.6027633760716439, 0.5448831829968969]
    expect(units.map(() => generator.unit())).toEqual(units)
  })

  it('has the reference output of MT19937 for seed 5489', () => {
    // Matsumoto and Nishimura: the 10000th output of the default seed.
    const generator = new LegacyGenerator(5489)
    let word = 0
    for (let i = 0; i < 10000; i++) word = generator.word()
    expect(word).toBe(4123659995)
  })

  it('draws normal values as np.random.seed(0); np.random.randn(5)', () => {
    const generator = new LegacyGenerator(0)
    const values = [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458, 1.8675579901499675]
    for (const value of values) expect(generator.normal()).toBeCloseTo(value, 14)
  })

  it('shuffles as np.random.seed(0); np.random.permutation(10)', () => {
    const generator = new LegacyGenerator(0)
    expect(generator.sampleBelow(10, 10)).toEqual([2, 8, 4, 9, 1, 6, 7, 3, 0, 5])
  })

  it('draws nothing for a single possibility', () => {
    const generator = new LegacyGenerator(3)
    expect(generator.integer(5, 6)).toBe(5)
    expect(generator.unit()).toBe(new LegacyGenerator(3).unit())
  })

  it('refuses seeds that NumPy refuses', () => {
    expect(() => new LegacyGenerator(-1)).toThrow(RangeError)
    expect(() => new LegacyGenerator(2 ** 32)).toThrow(RangeError)
  })
})
