import { describe, expect, it } from 'vitest'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { bodyPart } from '../../src/skeleton/layout.ts'
import { layoutByName } from '../../src/skeleton/layouts/index.ts'
import { undividedProblem } from '../../src/systems/classification/problem.ts'
import { type ClipSampling, drawSamples } from '../../src/systems/draw-samples.ts'
import { SYSTEMS, systemNamed } from '../../src/systems/index.ts'
import { resolveOptions } from '../../src/systems/options.ts'
import type { SystemOptions } from '../../src/systems/system.ts'
import { smallData } from './small-runs.ts'

const { dataset } = smallData()

function drawn(name: string, changes: Readonly<Record<string, unknown>> = {}, indices = [0, 7, 13], seed = 0) {
  const system = systemNamed(name)
  const options = resolveOptions(system.options, [{ origin: 'test', values: changes }]) as SystemOptions
  const maker = system.samples!(options, undividedProblem(dataset))
  return { maker, clips: drawSamples(dataset, indices, maker, 2, new CounterStream(seed)) }
}

/** The coordinates of all samples, quick to compare. */
const texts = (clips: readonly ClipSampling[]) =>
  clips.flatMap(({ samples }) => samples.map(({ data }) => Buffer.from(data.buffer).toString('base64')))

describe('samples of a system', () => {
  it.each(SYSTEMS.filter(({ samples }) => samples).map(({ name }) => name))(
    '%s: differ from each other, and repeat with the seed',
    (name) => {
      const turned = 'view' in systemNamed(name).options.shape ? { clipLength: 8, view: true } : {}
      const samples = texts(drawn(name, turned).clips)
      expect(new Set(samples).size).toBe(6)
      expect(texts(drawn(name, turned).clips)).toEqual(samples)
      expect(texts(drawn(name, turned, [0, 7, 13], 1).clips)).not.toEqual(samples)
    },
  )

  it('are joints of all frames, whichever stream the network sees', () => {
    const [joints, bones] = ['j', 'b'].map((stream) => drawn('baseline', { stream, clipLength: 8 }).clips)
    expect(texts(bones)).toEqual(texts(joints))
    expect(joints[0].samples[0]).toMatchObject({ frames: 8, channels: 3 })
  })

  it('of a system that mixes clips are mixed with another one each: the borrowed joints are its', () => {
    const { clips, maker } = drawn('brl', { clipLength: 8 })
    const layout = layoutByName(dataset.layout)
    expect(maker.mixing?.borrowed).toEqual(bodyPart(layout, 'lower'))
    for (const [i, { mixed }] of clips.entries()) {
      const same = (clip: number) =>
        layout.joints.map((_, joint) => {
          const at = 3 * joint
          return mixed!.points.data
            .subarray(at, at + 3)
            .every((value, c) => value === clips[clip].samples[0].data[at + c])
        })
      const lower = layout.joints.map((_, joint) => mixed!.borrowed.includes(joint))
      expect(same(i)).toEqual(lower.map((borrowed) => !borrowed))
      const others = [0, 1, 2].filter((clip) => clip !== i)
      expect(others.map(same)).toContainEqual(lower)
      expect(mixed!.weight).toBeCloseTo(1 - mixed!.borrowed.length / layout.joints.length, 6)
    }
    expect(drawn('brl', { mixUp: 'none' }).clips.every(({ mixed }) => mixed === undefined)).toBe(true)
    expect(drawn('brl', {}, [4]).clips[0].mixed).toBeUndefined()
  })
})
