import { classCounts, profileOfSplit } from '../../../src/data/long-tail.ts'
import {
  classMultipliers,
  plainEpoch,
  rebalancedEpoch,
  shareLength,
  shareOf,
} from '../../../src/data/rebalanced-sampler.ts'
import type { Adapter } from '../../adapter.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'sampler',
  run({ config, inputs, stream, values }, check) {
    const labels = Array.from(values(inputs.labels).data)
    const { split, num_classes: classes, times = 1, replicas = 1, rank = 0, shuffle = true } = config
    const profile = profileOfSplit(split, classes)
    const multipliers = config.class_prob === null ? null : classMultipliers(classCounts(profile), profile.largest)
    const epoch = multipliers
      ? rebalancedEpoch(labels, { multipliers, times, shuffle }, stream())
      : plainEpoch(labels.length, { times, shuffle }, stream())
    const indices = shareOf(epoch, replicas, rank)

    if (multipliers) check.close(['class_multiplier_before_times'], multipliers, { relative: 1e-12 })
    else check.equal(['class_multiplier_before_times'], null)
    check.equal(['length_before_first_pass'], shareLength(labels.length * times, replicas))
    check.equal(['length_after'], indices.length)
    check.equal(['indices'], indices)
    const summary = ['indices_summary']
    if (!check.has(summary)) return
    const counts = new Array<number>(classes).fill(0)
    for (const index of indices) counts[labels[index % labels.length]]++
    check.equal([...summary, 'n'], indices.length)
    const headLength = check.keys([...summary, 'head']).length
    check.equal([...summary, 'head'], indices.slice(0, headLength))
    check.equal([...summary, 'counts_per_class'], counts)
    const sum = (term: (index: number, position: number) => number) =>
      indices.reduce((total, index, position) => total + term(index, position), 0)
    check.equal(
      [...summary, 'sum'],
      sum((index) => index),
    )
    check.equal(
      [...summary, 'sum_times_position'],
      sum((index, position) => index * (position + 1)),
    )
  },
}

export default adapter
