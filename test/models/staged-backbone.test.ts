import { describe, expect, it } from 'vitest'
import { createBackbone } from '../../src/models/build.ts'
import { type StagedBackbone, stageShapes } from '../../src/models/staged-backbone.ts'
import { nwUcla } from '../../src/skeleton/layouts/index.ts'
import { f32, type Tensor, trace } from '../../src/tensor/index.ts'

const FRAMES = 13

describe.each(['ctrgcn', 'aagcn', 'stgcn', 'dgstgcn', 'ctrgcn-original', 'aagcn-original'])('stages of %s', (name) => {
  it('have the shapes that the network says, up to its features', () => {
    const backbone = createBackbone(name, { layout: nwUcla, persons: 1, channels: 3 }, { width: 8 }) as StagedBackbone
    const outputs: Tensor[] = []
    trace({ x: f32(2, 1, FRAMES, 20, 3) }, ({ x }) => {
      outputs.push(...backbone.forwardStages(x), backbone.forward(x))
      return {}
    })
    const features = outputs.pop()!
    const shapes = stageShapes(backbone.stages, FRAMES).map(({ channels, frames }) => [2, channels, frames, 20])
    expect(shapes).toHaveLength(10)
    expect(outputs.map(({ shape }) => shape)).toEqual(shapes)
    expect(shapes.at(-1)).toEqual(features.shape)
  })
})
