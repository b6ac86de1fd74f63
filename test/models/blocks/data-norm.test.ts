import { expect, it } from 'vitest'
import { StGcn } from '../../../src/models/stgcn.ts'
import { nameParts } from '../../../src/nn/index.ts'
import { graphAdjacency } from '../../../src/skeleton/graph.ts'
import { coco } from '../../../src/skeleton/layouts/index.ts'
import { f32, type Shape, trace } from '../../../src/tensor/index.ts'

const [N, M, T, V, C] = [2, 3, 5, 17, 2]

it.each([
  ['VC', [N * M, V * C, T], [V * C]],
  ['MVC', [N, M * V * C, T], [M * V * C]],
  ['none', [N * M, V * C, T], undefined],
] as const)('the part data_bn of type %s sees features over time', (dataBnType, features, weight) => {
  const options = { inChannels: C, numPerson: M, baseChannels: 4, numStages: 1, dataBnType }
  const network = nameParts(new StGcn(graphAdjacency(coco, { mode: 'spatial' }), options))
  const seen = new Map<string, Shape>()
  const observe = (path: string, { shape }: { shape: Shape }) => seen.set(path, shape)
  trace({ x: f32(N, M, T, V, C) }, ({ x }) => ({ y: network.forward(x) }), { observe })
  expect(seen.get('data_bn')).toEqual(features)
  const shapes = new Map(network.parameters().map(({ name, shape }) => [name, shape]))
  expect(shapes.get('data_bn.weight')).toEqual(weight)
})

it.each([
  ['of other axes', [N * M, T, V, C]],
  ['of other joints', [N, M, T, V + 1, C]],
  ['of fewer persons', [N, M - 1, T, V, C]],
])('a clip %s is refused with the sizes that fit', (_, shape) => {
  const options = { inChannels: C, numPerson: M, baseChannels: 4, numStages: 1, dataBnType: 'MVC' } as const
  const network = nameParts(new StGcn(graphAdjacency(coco, { mode: 'spatial' }), options))
  expect(() => trace({ x: f32(...shape) }, ({ x }) => ({ y: network.forward(x) }))).toThrow(
    /clips \(N, M, T, V, C\) with V \* C or M \* V \* C = 102[\s\S]*f32/,
  )
})
