import { classCounts, type LongTailProfile, profileOfSplit } from '../../../src/data/long-tail.ts'
import { classMultipliers, rebalancedEpoch, shareLength, shareOf } from '../../../src/data/rebalanced-sampler.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import type { Adapter } from '../../adapter.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'sampler-epoch',
  run({ config, inputs }, check) {
    const { split, num_classes: classes, times = 1, replicas = 1, rank = 0, shuffle = true } = config
    const named = profileOfSplit(split, classes)
    const profile: LongTailProfile = {
      ...named,
      largest: config.n_max ?? named.largest,
      factor: config.factor ?? named.factor,
    }
    const labels = (inputs.samples_per_class as number[]).flatMap((count, label) =>
      new Array<number>(count).fill(label),
    )
    const multipliers = classMultipliers(classCounts(profile), profile.largest)
    // Which clips are added or come first is drawn; how many each class has is not.
    const epoch = rebalancedEpoch(labels, { multipliers, times, shuffle }, new LegacyGenerator(0))
    const indices = shareOf(epoch, replicas, rank)
    const perClass = new Array<number>(classes).fill(0)
    for (const index of indices) perClass[labels[index]]++
    check.equal(['before'], shareLength(labels.length * times, replicas))
    check.equal(['after'], indices.length)
    check.equal(['per_class'], perClass)
  },
}

export default adapter
