import { shareLength } from '../../../src/data/sampling/rebalanced-sampler.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import type { Adapter } from '../../adapter.ts'
import { countsPerClass, releasedSampler } from '../../systems/brl/released-sampler.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'sampler-epoch',
  run({ config, inputs }, check) {
    const { num_classes: classes, times = 1, replicas = 1 } = config
    const labels = (inputs.samples_per_class as number[]).flatMap((count, label) =>
      new Array<number>(count).fill(label),
    )
    // Which clips are added or come first is drawn; how many each class has is not.
    const { indices } = releasedSampler(config, labels, new LegacyGenerator(0))
    check.equal(['before'], shareLength(labels.length * times, replicas))
    check.equal(['after'], indices.length)
    check.equal(['per_class'], countsPerClass(indices, labels, classes))
  },
}

export default adapter
