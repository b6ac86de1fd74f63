import { expect, it } from 'vitest'
import { placedClip } from '../../../src/attack/placed-clip.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import { graphAdjacency } from '../../../src/skeleton/graph.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import { InterSkeletonContrast } from '../../../src/systems/smi-attack/inter-skeleton-contrast.ts'
import { smiOptions } from '../../../src/systems/smi-attack/options.ts'
import { pretrainingOptionsOf } from '../../../src/systems/smi-attack/options-of-parts.ts'
import { pretrainingPhase } from '../../../src/systems/smi-attack/pretraining.ts'

const layout = layoutByName('coco')
const stream = new CounterStream(2)
const data = Float32Array.from({ length: 9 * 17 * 2 }, () => stream.uniform(0, 640))
const recording = { data, persons: 1, frames: 9, joints: 17, channels: 2 }

it('poses in an image are sheared and corrupted within the image', async () => {
  const contrast = { dim: 4, K: 6, m: 0.9, T: 0.1, mlp: false, width: 4, hiddenSize: 3, layers: 1 }
  const size = { persons: 1, joints: 17, channels: 2 }
  const model = new InterSkeletonContrast(graphAdjacency(layout, { mode: 'spatial' }), size, contrast, stream)
  const { points } = placedClip(recording, layout, { upright: false, metre: 100 })
  const options = pretrainingOptionsOf(smiOptions.parse({ batchSize: 2, window: 8, corrupted: 10 }), 17)
  const phase = pretrainingPhase(model, { count: 2, clip: () => points }, options)
  const { first } = await phase.epoch(0).feeds(0)
  expect(first).toHaveLength(2 * 8 * 17 * 2)
  expect((first as Float32Array).every(Number.isFinite)).toBe(true)
  expect(first).not.toEqual((await phase.epoch(0).feeds(0)).second)
})
