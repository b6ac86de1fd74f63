import { classCounts, profileOfSplit } from '../../../src/data/long-tail.ts'
import {
  classMultipliers,
  plainEpoch,
  rebalancedEpoch,
  shareLength,
  shareOf,
} from '../../../src/data/rebalanced-sampler.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import type { Adapter } from '../../adapter.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'sampler-epoch',
  run({ config, inputs }, check) {
    const { split, num_classes: classes, times = 1, replicas = 1, rank = 0, shuffle = true } = config
    // `n_max` and `factor` describe the list; the release takes those that belong to the split's name.
    const profile = profileOfSplit(split, classes)
    const labels = (inputs.samples_per_class as number[]).flatMap((count, label) =>
      new Array<number>(count).fill(label),
    )
    // Which clips are added or come first is drawn; how many each class has is not.
    const random = new LegacyGenerator(0)
    const epoch =
      config.class_prob === null
        ? plainEpoch(labels.length, { times, shuffle }, random)
        : rebalancedEpoch(
            labels,
            { multipliers: classMultipliers(classCounts(profile), profile.largest), times, shuffle },
            random,
          )
    const indices = shareOf(epoch, replicas, rank)
    const perClass = new Array<number>(classes).fill(0)
    for (const index of indices) perClass[labels[index % labels.length]]++
    check.equal(['before'], shareLength(labels.length * times, replicas))
    check.equal(['after'], indices.length)
    check.equal(['per_class'], perClass)
  },
}

export default adapter
