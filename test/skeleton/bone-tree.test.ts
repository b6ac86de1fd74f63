import { describe, expect, it } from 'vitest'
import { jointsOfBones, parentsFromRoot } from '../../src/skeleton/bone-tree.ts'
import { layouts, nturgbD, nwUcla } from '../../src/skeleton/layouts/index.ts'
import { boneStream } from '../../src/skeleton/streams.ts'
import { randomPoints } from './random-points.ts'

describe('parents from a root', () => {
  it('are those of the layout from the layout’s own root', () => {
    expect(parentsFromRoot(nwUcla, 2)).toEqual(nwUcla.parents)
  })

  it('reverse the edges between two roots, and no others', () => {
    const [from, to] = [parentsFromRoot(nturgbD, 20), parentsFromRoot(nturgbD, 1)]
    const changed = from.flatMap((parent, joint) => (to[joint] === parent ? [] : [joint]))
    expect(changed).toEqual([1, 20])
    expect([to[1], to[20]]).toEqual([1, 1])
  })

  it('keep the layout’s roots in trees of their own', () => {
    const apart = {
      name: 'apart',
      joints: ['hip', 'knee', 'stick', 'tip'],
      inward: [
        [1, 0],
        [3, 2],
      ] as const,
    }
    expect(parentsFromRoot({ ...apart, roots: [0, 2] }, 1)).toEqual([1, 1, 2, 2])
    for (const layout of layouts) expect(() => parentsFromRoot(layout, layout.centre), layout.name).not.toThrow()
  })

  it.each([-1, 0.5, 25])('do not lead away from %d, which is no joint', (root) => {
    expect(() => parentsFromRoot(nturgbD, root)).toThrow(/layout nturgb\+d: .*no joint\n.*0 to 24/)
  })

  it('need edges to every joint', () => {
    const torn = { name: 'torn', joints: ['hip', 'knee', 'hand'], inward: [[1, 0]] as const }
    expect(() => parentsFromRoot(torn, 0)).toThrow(/layout torn[\s\S]*none to hand/)
  })
})

describe('joints of bones', () => {
  it('are the joints that the bones were made of, in every layout', () => {
    for (const layout of layouts) {
      const poses = randomPoints({ persons: 2, frames: 2, joints: layout.joints.length, channels: 3 })
      const again = jointsOfBones(boneStream(poses, { ...layout, dimensions: 3 }), layout.parents, poses)
      const deviations = again.data.map((value, i) => Math.abs(value - poses.data[i]))
      expect(Math.max(...deviations)).toBeLessThan(1e-5)
    }
  })

  it('do not exist for bones in a circle', () => {
    const bones = randomPoints({ persons: 1, frames: 1, joints: 3, channels: 2 })
    expect(() => jointsOfBones(bones, [0, 2, 1], bones)).toThrow(/circle/)
  })
})
