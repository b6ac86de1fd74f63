import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { type Coordinates, zeroPoints } from '../../skeleton/allocate.ts'
import { type JointPair, type Layout, mirrorOrder } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { requireJointsOf } from '../../skeleton/points-of-layout.ts'

/**
 * Random scale of FR-Head: every bone is lengthened by a factor 1 + U(-theta, theta), bones that mirror each other by the
 * mean of their two, in all frames and of all persons; joint 0 stays where it is. One draw per bone, in the order of
 * `bonesFromRoot`.
 * @param theta largest change, in [0, 1)
 * @throws OssatureError when theta is out of range or the points are of another layout
 */
export function randomBoneScale<A extends Coordinates>(
  points: Points<A>,
  layout: Layout,
  theta: number,
  stream: RandomStream,
): Points<A> {
  if (!(theta >= 0 && theta < 1)) {
    throw new OssatureError('the largest change of bone lengths is out of range', {
      expected: 'a number from 0 to below 1',
      found: `${theta}`,
    })
  }
  requireJointsOf(points, layout)
  const bones = bonesFromRoot(layout)
  const drawn = bones.map(() => 1 + stream.uniform(-theta, theta))
  const order = mirrorOrder(layout)
  const factors = bones.map(([parent, child], i) => {
    const partner = bones.findIndex(([p, c]) => p === order[parent] && c === order[child])
    return partner < 0 ? drawn[i] : (drawn[i] + drawn[partner]) / 2
  })
  return scaleBones(points, bones, factors)
}

/**
 * The bones of a skeleton as (parent, child), outwards from joint 0 along the edges of the layout: depth first, of several
 * children the one with the lowest number first. Joints that no edge connects with joint 0 have none.
 */
export function bonesFromRoot({ joints, inward }: Pick<Layout, 'joints' | 'inward'>): JointPair[] {
  const bones: JointPair[] = []
  const reached = new Set([0])
  const visit = (parent: number): void => {
    for (let child = 0; child < joints.length; child++) {
      const isEdge = inward.some(([a, b]) => (a === parent && b === child) || (a === child && b === parent))
      if (!isEdge || reached.has(child)) continue
      reached.add(child)
      bones.push([parent, child])
      visit(child)
    }
  }
  visit(0)
  return bones
}

/** Poses with every bone times its factor; a bone comes after the one that its parent hangs on. */
function scaleBones<A extends Coordinates>(
  points: Points<A>,
  bones: readonly JointPair[],
  factors: readonly number[],
): Points<A> {
  const { data, joints, channels } = points
  const scaled = zeroPoints(points)
  scaled.data.set(data)
  for (let pose = 0; pose < data.length; pose += joints * channels) {
    bones.forEach(([parent, child], i) => {
      const [from, to] = [pose + parent * channels, pose + child * channels]
      for (let c = 0; c < channels; c++) {
        scaled.data[to + c] = scaled.data[from + c] + (data[to + c] - data[from + c]) * factors[i]
      }
    })
  }
  return scaled
}
