import { expect, it } from 'vitest'
import { exchangeBoneLengths } from '../../../src/augment/space/bone-length-exchange.ts'
import { parentsFromRoot } from '../../../src/skeleton/bone-tree.ts'
import { nturgbD } from '../../../src/skeleton/layouts/index.ts'
import { boneStream } from '../../../src/skeleton/streams.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const shape = { persons: 2, frames: 3, joints: 25, channels: 3 }
const [own, other] = [randomPoints(shape, 1), randomPoints(shape, 2)]
const parents = parentsFromRoot(nturgbD, 1)
const bonesOf = (points: typeof own) => {
  const { data } = boneStream(points, nturgbD, parents)
  return Array.from({ length: data.length / 3 }, (_, joint) => data.subarray(3 * joint, 3 * joint + 3))
}

it('keeps the directions of the bones and takes their lengths and the root from the reference', () => {
  const exchanged = exchangeBoneLengths(own, other, nturgbD, parents)
  const [before, wanted] = [bonesOf(own), bonesOf(other)]
  bonesOf(exchanged).forEach((bone, i) => {
    if (i % 25 === 1) return
    expect(Math.hypot(...bone)).toBeCloseTo(Math.hypot(...wanted[i]), 3)
    const cosine = bone.reduce((sum, value, c) => sum + value * before[i][c], 0)
    expect(cosine / Math.hypot(...bone) / Math.hypot(...before[i])).toBeCloseTo(1, 5)
  })
  for (let frame = 0; frame < 6; frame++) {
    const root = 3 * (25 * frame + 1)
    expect([...exchanged.data.subarray(root, root + 3)]).toEqual([...other.data.subarray(root, root + 3)])
  }
})

it('changes nothing between equal clips', () => {
  exchangeBoneLengths(own, own, nturgbD, parents).data.forEach((value, i) => {
    expect(value).toBeCloseTo(own.data[i], 5)
  })
})
