import type { Partition } from '../../../src/models/skateformer/partition.ts'
import { SkateTransformer } from '../../../src/models/skateformer/skate-transformer.ts'
import { partitionsOf } from '../../../src/models/skateformer/skateformer.ts'
import { nameParts } from '../../../src/nn/index.ts'
import { f32, reshape, transpose } from '../../../src/tensor/index.ts'
import type { Adapter, Values } from '../../adapter.ts'
import { checkParameterNames } from '../../networks/network-checks.ts'
import { fillByName, runNetwork } from '../../networks/run-network.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'block',
  async run(test, check) {
    const { in_channels: channels, num_points: joints, num_heads: heads = 32, sizes } = test.config
    const { kernel_size: kernelSize, mlp_ratio: mlpRatio, rel } = test.config
    const partitions = partitionsOf({ sizes })
    const block = nameParts(new SkateTransformer(channels, joints, heads, partitions, { kernelSize, mlpRatio, rel }))
    checkParameterNames(check, test, block.parameters(), { order: true })
    fillByName(block, test)
    const x = test.values(test.inputs.x)
    const [B, C, T, W] = x.shape
    const run = await runNetwork(
      block,
      { x: f32(...x.shape) },
      { x: Float32Array.from(x.data) },
      (inputs) => {
        const output = block.forward(inputs.x)
        const tokens = block.norm_1.forward(reshape(transpose(inputs.x, [0, 2, 3, 1]), [B, T * W, C]))
        const mapping = reshape(block.mapping.forward(tokens), [B, 2 * C, T, W])
        return {
          output,
          mapping: transpose(mapping, [0, 2, 3, 1]),
          concatenated: transpose(block.mix(tokens, T, W), [0, 2, 3, 1]),
        }
      },
      { training: false, observe: ['tconv', 'proj', ...partitions.map((_, i) => `attention.${i}`)] },
    )
    const closeness = { relative: test.tolerance.relative ?? 1e-5 }
    check.close(['eval', 'output'], run.outputs.get('output')!, closeness)
    check.close(['eval', 'inner', 'mapping'], run.outputs.get('mapping')!, closeness)
    check.close(['eval', 'inner', 'tconv'], run.modules.get('tconv')!, closeness)
    for (const [i, partition] of partitions.entries()) {
      const attended = tokensOf(run.modules.get(`attention.${i}`)!, partition)
      check.close(['eval', 'inner', `attention_${i + 1}`], attended, closeness)
    }
    check.close(['eval', 'inner', 'concatenated'], run.outputs.get('concatenated')!, closeness)
    const proj = { data: run.modules.get('proj')!.data, shape: [B, T, W, C] }
    check.close(['eval', 'inner', 'proj'], proj, closeness)
  },
}

/** (B, C, T, W) as the authors list it before its inverse partition: (partitions, tokens, C). */
function tokensOf({ data, shape: [B, C, T, W] }: Values, { frames, joints, size: [F, K] }: Partition): Values {
  const [I, J] = [T / F, W / K]
  const listed: number[] = []
  for (let b = 0; b < B; b++)
    for (let i = 0; i < I; i++)
      for (let j = 0; j < J; j++)
        for (let f = 0; f < F; f++)
          for (let k = 0; k < K; k++)
            for (let c = 0; c < C; c++) {
              const t = frames === 'near' ? i * F + f : f * I + i
              const w = joints === 'near' ? j * K + k : k * J + j
              listed.push(data[((b * C + c) * T + t) * W + w])
            }
  return { data: listed, shape: [B * I * J, F * K, C] }
}
