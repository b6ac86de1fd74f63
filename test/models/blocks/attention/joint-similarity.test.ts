import { expect, it } from 'vitest'
import { jointSimilarities, similarityWeights } from '../../../../src/models/blocks/attention/joint-similarity.ts'
import { pointwise } from '../../../../src/nn/index.ts'
import { CounterStream } from '../../../../src/random/counter-stream.ts'
import { randomFed, runGraph } from '../../../tensor/run-graph.ts'

const [N, C, T, V] = [2, 3, 4, 5]
const [K, WIDTH] = [2, 3]
const x = randomFed([N, C, T, V])

function randomConvolutions(label: string) {
  const stream = new CounterStream(label)
  return Array.from({ length: K }, () => {
    const conv = pointwise(C, WIDTH)
    for (const { values } of conv.parameters()) for (const i of values.keys()) values[i] = stream.uniform(-1, 1)
    return conv
  })
}

const theta = randomConvolutions('theta')
const phi = randomConvolutions('phi')

/** Mean over channels and frames of theta_k(x) at joint v times phi_k(x) at joint w. */
function similarity(n: number, k: number, v: number, w: number): number {
  const embedded = ({ weight, bias }: (typeof theta)[number], o: number, t: number, joint: number) =>
    [0, 1, 2].reduce(
      (total, c) => total + weight.values[o * C + c] * Number(x.data[((n * C + c) * T + t) * V + joint]),
      bias!.values[o],
    )
  let total = 0
  for (let o = 0; o < WIDTH; o++)
    for (let t = 0; t < T; t++) total += embedded(theta[k], o, t, v) * embedded(phi[k], o, t, w)
  return total / (WIDTH * T)
}

/** [n][k][v][w], row-major. */
function table(entry: (n: number, k: number, v: number, w: number) => number): number[] {
  const axis = (length: number) => [...Array(length).keys()]
  return axis(N).flatMap((n) => axis(K).flatMap((k) => axis(V).flatMap((v) => axis(V).map((w) => entry(n, k, v, w)))))
}

it('similarities are mean products of the embeddings', async () => {
  const { y } = await runGraph({ x }, (tensors) => ({ y: jointSimilarities(tensors.x, theta, phi) }))
  const wanted = table(similarity)
  expect(Math.max(...wanted.map((value, i) => Math.abs(value - y[i])))).toBeLessThan(1e-5)
})

it('weights are their softmax over the first joint', async () => {
  const { y } = await runGraph({ x }, (tensors) => ({ y: similarityWeights(tensors.x, theta, phi) }))
  const wanted = table((n, k, v, w) => {
    const shares = [...Array(V).keys()].map((u) => Math.exp(similarity(n, k, u, w)))
    return shares[v] / shares.reduce((a, b) => a + b)
  })
  expect(Math.max(...wanted.map((value, i) => Math.abs(value - y[i])))).toBeLessThan(1e-5)
})
