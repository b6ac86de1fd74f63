import { divide, restore } from '../../../src/models/skateformer/partition.ts'
import { partitionsOf } from '../../../src/models/skateformer/skateformer.ts'
import { Identity } from '../../../src/nn/index.ts'
import { f32, reshape, sizeOf } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { runNetwork } from '../../networks/run-network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'partition',
  async run({ config }, check) {
    const { B = 1, T, W, type, size } = config
    const partition = partitionsOf({ sizes: [size, size, size, size] })[type - 1]
    const shape = [B, 1, T, W]
    const numbers = Float32Array.from({ length: sizeOf(shape) }, (_, i) => i)
    const { outputs } = await runNetwork(
      new Identity(),
      { x: f32(...shape) },
      { x: numbers },
      ({ x }) => {
        const parts = divide(x, partition)
        return { parts: reshape(parts, [-1, ...partition.size, 1]), restored: restore(parts, partition, T, W) }
      },
      { training: false },
    )
    check.close(['partitions'], outputs.get('parts')!, { relative: 0 })
    const restored = outputs.get('restored')!
    check.equal(
      ['reverse_restores_input'],
      numbers.every((number, i) => restored.data[i] === number),
    )
  },
}
