import { SkateAttention } from '../../../src/models/skateformer/skate-attention.ts'
import { partitionsOf } from '../../../src/models/skateformer/skateformer.ts'
import { nameParts } from '../../../src/nn/index.ts'
import { f32, reshape, split, transpose, unsqueeze } from '../../../src/tensor/index.ts'
import type { Adapter } from '../../adapter.ts'
import { runNetwork } from '../../networks/run-network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'attention-bias',
  async run(test, check) {
    const { rel_type: type, size, heads, rel = true } = test.config
    const partition = partitionsOf({ sizes: [size, size, size, size] })[Number(type.split('_')[1]) - 1]
    const attention = nameParts(new SkateAttention(partition, heads, { rel }))
    const table = attention.relative_position_bias_table
    if (table) table.values.set(Float32Array.from(test.values(test.inputs.table).data))
    const qkv = test.values(test.inputs.qkv)
    const [parts, tokens, channels] = qkv.shape
    const size3 = [parts, tokens, 3, heads, channels / 3 / heads]
    const { outputs } = await runNetwork(
      attention,
      { qkv: f32(...size3) },
      { qkv: Float32Array.from(qkv.data) },
      (inputs) => {
        // (3, heads, P, D, N)
        const first = transpose(inputs.qkv, [2, 3, 0, 4, 1])
        const [q, k, v] = split(first, 0, [1, 1, 1])
        const output = transpose(attention.attend(q, k, v), [0, 2, 4, 1, 3])
        const bias = attention.bias()
        return { ...(bias && { bias: unsqueeze(bias, 0) }), output: reshape(output, [parts, tokens, channels / 3]) }
      },
      { training: false },
    )
    const closeness = { relative: test.tolerance.relative ?? 1e-5 }
    if (rel) check.close(['bias'], outputs.get('bias')!, closeness)
    check.close(['attention_output'], outputs.get('output')!, closeness)
  },
}
