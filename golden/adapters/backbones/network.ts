import type { Adapter } from '../../adapter.ts'
import { checkClassifier } from '../../check-classifier.ts'
import { recognizerOf } from '../../pyskl-config.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'network',
  run(test, check) {
    const model = recognizerOf(test.config)
    return checkClassifier(test, check, model, test.values(test.inputs.keypoint), test.values(test.inputs.labels))
  },
}
