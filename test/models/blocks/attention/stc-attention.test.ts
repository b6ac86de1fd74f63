import { describe, expect, it } from 'vitest'
import { attend, type StcAttention, stcAttention } from '../../../../src/models/blocks/attention/stc-attention.ts'
import { CounterStream } from '../../../../src/random/counter-stream.ts'
import { add, mean, multiply, relu, reshape, sigmoid, type Tensor } from '../../../../src/tensor/index.ts'
import { checkGradient } from '../../../tensor/check-gradient.ts'
import { randomFed, runGraph } from '../../../tensor/run-graph.ts'

const [N, C, T] = [2, 6, 11]

/** Layers with random values. */
function randomAttention(joints: number): StcAttention {
  const attention = stcAttention(C, joints)
  for (const [name, layer] of Object.entries(attention)) {
    const stream = new CounterStream(name)
    for (const { values } of layer.parameters()) for (const i of values.keys()) values[i] = stream.uniform(-0.5, 0.5)
  }
  return attention
}

/** The attentions one after the other, each y := y * g + y. */
function oneByOne(y: Tensor, { conv_ta, conv_sa, fc1c, fc2c }: StcAttention): Tensor {
  const V = y.shape[3]
  const gated = (features: Tensor, gate: Tensor) => add(multiply(features, gate), features)
  const joints = sigmoid(conv_sa.forward(reshape(mean(y, [2]), [N, C, V])))
  const spatial = gated(y, reshape(joints, [N, 1, 1, V]))
  const frames = sigmoid(conv_ta.forward(reshape(mean(spatial, [3]), [N, C, T])))
  const temporal = gated(spatial, reshape(frames, [N, 1, T, 1]))
  const channels = sigmoid(fc2c.forward(relu(fc1c.forward(reshape(mean(temporal, [2, 3]), [N, C])))))
  return gated(temporal, reshape(channels, [N, C, 1, 1]))
}

describe.each([
  ['odd', 5],
  ['even', 4],
])('attention over an %s number of joints', (_, joints) => {
  const attention = randomAttention(joints)

  it('is the attention to joints, then frames, then channels', async () => {
    const { together, wanted } = await runGraph({ y: randomFed([N, C, T, joints]) }, ({ y }) => ({
      together: attend(y, attention),
      wanted: oneByOne(y, attention),
    }))
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - together[i])))).toBeLessThan(1e-5)
  })

  it('has the gradient of its input', async () => {
    await checkGradient({ y: randomFed([1, C, 3, joints]) }, ({ y }) => attend(y, attention))
  })
})
