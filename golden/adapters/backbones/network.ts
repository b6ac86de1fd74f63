import type { Adapter } from '../../adapter.ts'
import { checkClassifier } from '../../networks/check-classifier.ts'
import { recognizerOf } from '../../networks/pyskl-config.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'network',
  run(test, check) {
    const model = recognizerOf(test.config)
    const { keypoint, labels } = test.inputs
    return checkClassifier(test, check, model, test.values(keypoint), labels && test.values(labels))
  },
}
