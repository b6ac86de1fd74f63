import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import type { Adapter } from '../../adapter.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'legacy-generator',
  run(test, check) {
    const { bounds, vector_bounds: vectorBounds, choice, shuffle } = test.inputs
    // Every group of draws restarts from the seed.
    const restart = () => new LegacyGenerator(test.config.seed)
    const repeat = <T>(key: string, draw: (generator: LegacyGenerator) => T): T[] => {
      const generator = restart()
      return Array.from({ length: test.expected[key]?.length ?? 0 }, () => draw(generator))
    }
    check.equal(
      ['raw_32bit'],
      repeat('raw_32bit', (generator) => generator.word()),
    )
    check.equal(
      ['unit_draws'],
      repeat('unit_draws', (generator) => generator.unit()),
    )
    if (bounds) check.equal(['integers'], restart().integers(bounds))
    if (vectorBounds) check.equal(['vector'], restart().integers(vectorBounds))
    if (choice) check.equal(['choice'], restart().sampleBelow(choice.below, choice.count))
    if (shuffle) check.equal(['shuffle'], restart().shuffle(Array.from({ length: shuffle }, (_, i) => i)))
  },
}
