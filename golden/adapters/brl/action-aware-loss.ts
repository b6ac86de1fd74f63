import { classCounts, profileOfSplit } from '../../../src/data/sampling/long-tail.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { actionAwareBases } from '../../../src/systems/brl/losses/action-aware.ts'
import type { Adapter } from '../../adapter.ts'
import { compileLoss, releasedLoss } from '../../systems/brl/losses.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'action-aware-loss',
  async run(test, check) {
    const { loss: type = 'TwostageAALoss', split, num_classes: classes } = test.config
    const scores = test.values(test.inputs.scores)
    const labels = test.values(test.inputs.labels).data
    const epochs = test.inputs.epochs as number[]
    const loss = releasedLoss(type, split, classes)
    const closeness = { relative: test.tolerance.relative ?? 1e-5 }
    const compiled = await compileLoss(loss, scores, labels)
    for (const [i, epoch] of epochs.entries()) {
      const feeds = loss.feeds(epoch, labels.length, new CounterStream(0), epochs.slice(0, i))
      const result = await compiled.run(feeds)
      check.close(['calls', i, 'loss'], result.loss, closeness)
      check.close(['calls', i, 'weights'], feeds.classWeights, closeness)
      check.close(['calls', i, 'grad_scores'], result.gradient, closeness)
    }
    await compiled.release()
    const counts = classCounts(profileOfSplit(split, classes))
    check.close(['base_weights'], actionAwareBases(counts), { relative: 1e-9 })
  },
}

export default adapter
