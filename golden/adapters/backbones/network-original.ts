import type { Adapter } from '../../adapter.ts'
import { checkClassifier } from '../../check-classifier.ts'
import { originalNetwork } from '../../original-networks.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'network-original',
  run(test, check) {
    const { x, labels } = test.inputs
    // The authors' (N, C, T, V, M) as (N, M, T, V, C).
    // biome-ignore lint/suspicious/noThenProperty: a key of the input rules
    const clips = test.values({ ...x, then: [...(x.then ?? []), { transpose: [0, 4, 2, 3, 1] }] })
    return checkClassifier(test, check, originalNetwork(test.config), clips, labels && test.values(labels))
  },
}
