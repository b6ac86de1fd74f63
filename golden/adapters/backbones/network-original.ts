import type { Adapter } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { checkClassifier } from '../../networks/check-classifier.ts'
import { originalNetwork } from '../../networks/original-networks.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'network-original',
  run(test, check) {
    const { x, labels } = test.inputs
    const clips = test.values(fromChannelFirstBatch(x))
    return checkClassifier(test, check, originalNetwork(test.config), clips, labels && test.values(labels))
  },
}
