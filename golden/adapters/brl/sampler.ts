import { shareLength } from '../../../src/data/sampling/rebalanced-sampler.ts'
import type { Adapter } from '../../adapter.ts'
import { countsPerClass, releasedSampler } from '../../systems/brl/released-sampler.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'sampler',
  run({ config, inputs, stream, values }, check) {
    const labels = Array.from(values(inputs.labels).data)
    const { num_classes: classes, times = 1, replicas = 1 } = config
    const { indices, multipliers } = releasedSampler(config, labels, stream())

    if (multipliers) check.close(['class_multiplier_before_times'], multipliers, { relative: 1e-12 })
    else check.equal(['class_multiplier_before_times'], null)
    check.equal(['length_before_first_pass'], shareLength(labels.length * times, replicas))
    check.equal(['length_after'], indices.length)
    check.equal(['indices'], indices)
    const summary = ['indices_summary']
    if (!check.has(summary)) return
    check.equal([...summary, 'n'], indices.length)
    const headLength = check.keys([...summary, 'head']).length
    check.equal([...summary, 'head'], indices.slice(0, headLength))
    check.equal([...summary, 'counts_per_class'], countsPerClass(indices, labels, classes))
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
