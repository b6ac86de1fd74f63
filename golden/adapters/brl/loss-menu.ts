import type { Adapter } from '../../adapter.ts'
import { totals } from '../../comparison/compare.ts'
import { checkClassWeights, compileLoss, releasedLoss } from '../../systems/brl/losses.ts'
import { UnitDraws } from '../../systems/brl/unit-draws.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'loss-menu',
  async run(test, check) {
    const { loss: type, split, num_classes: classes } = test.config
    const scores = test.values(test.inputs.scores)
    const labels = test.values(test.inputs.labels).data
    const epochs = test.inputs.epochs as number[]
    const uniform = test.inputs.uniform === undefined ? undefined : test.values(test.inputs.uniform)
    const recorded = uniform ? undefined : test.stream()
    const loss = releasedLoss(type, split, classes)
    const closeness = { relative: test.tolerance.relative ?? 1e-5 }
    const compiled = await compileLoss(loss, scores, labels)
    for (const [i, epoch] of epochs.entries()) {
      const random = new UnitDraws(() => uniform ?? recorded!.array(scores.shape))
      const feeds = loss.feeds(epoch, labels.length, random, epochs.slice(0, i))
      const result = await compiled.run(feeds)
      check.close(['calls', i, 'loss'], result.loss, closeness)
      check.close(['calls', i, 'grad_l2'], totals(result.gradient.data).l2, closeness)
      check.close(['calls', i, 'grad_scores'], result.gradient, closeness)
      checkClassWeights(check, ['calls', i, 'weights'], feeds, closeness)
    }
    await compiled.release()
  },
}

export default adapter
