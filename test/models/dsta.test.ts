import { describe, expect, it } from 'vitest'
import { DstaNet, type DstaStage } from '../../src/models/dsta/network.ts'
import { PositionEncoding } from '../../src/models/dsta/position-encoding.ts'
import { nameParts } from '../../src/nn/index.ts'
import { f32, trace } from '../../src/tensor/index.ts'

const config: readonly DstaStage[] = [
  [4, 4, 2, 1],
  [4, 6, 2, 2],
]

function tracedShape(options: Partial<ConstructorParameters<typeof DstaNet>[0]>, frames: number) {
  const network = nameParts(new DstaNet({ numPoint: 5, numFrame: 9, config, ...options }))
  return trace({ x: f32(2, 2, frames, 5, 3) }, ({ x }) => ({ y: network.forward(x) })).outputs[0].tensor.shape
}

describe('DSTA-Net', () => {
  it('gives features of every person, frame and joint', () => {
    expect(tracedShape({}, 9)).toEqual([4, 6, 5, 5])
  })

  it('takes shorter clips than it was built for, but no longer ones', () => {
    expect(tracedShape({}, 7)).toEqual([4, 6, 4, 5])
    expect(() => tracedShape({}, 10)).toThrow('at most 9 frames')
  })

  it('takes clips of one length only where a map of the frames is trained', () => {
    expect(() => tracedShape({ gloRegT: true }, 7)).toThrow('9 frames')
  })

  it('refuses blocks that do not follow each other', () => {
    const broken: readonly DstaStage[] = [...config, [4, 8, 2, 1]]
    expect(() => tracedShape({ config: broken }, 9)).toThrow('6 channels in')
    expect(() => tracedShape({ config: [] }, 9)).toThrow('at least one block')
  })

  it('numbers joints and frames by sines and cosines', () => {
    const [channels, frames, joints] = [6, 4, 3]
    const at = (values: Float32Array, c: number, t: number, v: number) => values[(c * frames + t) * joints + v]
    const byJoint = new PositionEncoding(channels, frames, joints, 'joint').pe.values
    const byFrame = new PositionEncoding(channels, frames, joints, 'frame').pe.values
    expect(at(byJoint, 2, 3, 2)).toBeCloseTo(Math.sin(2 * 10000 ** (-2 / 6)), 6)
    expect(at(byJoint, 3, 0, 2)).toBeCloseTo(Math.cos(2 * 10000 ** (-2 / 6)), 6)
    expect(at(byFrame, 4, 3, 0)).toBeCloseTo(Math.sin(3 * 10000 ** (-4 / 6)), 6)
  })
})
