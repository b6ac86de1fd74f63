import { OssatureError } from '../errors.ts'
import { type Coordinates, zeroPoints } from './allocate.ts'
import type { Layout } from './layout.ts'
import type { Points } from './points.ts'

/**
 * For every joint the next one on the way to a root, along the edges of the graph; the root is its own parent. The
 * bones that publications with another root than the layout's use. Trees that do not hang together with the root keep
 * the roots of the layout.
 * @throws OssatureError when the root is no joint, or a joint hangs together with none of them
 */
export function parentsFromRoot(
  layout: Pick<Layout, 'name' | 'joints' | 'inward'> & Partial<Pick<Layout, 'roots'>>,
  root: number,
): number[] {
  if (!(root in layout.joints)) {
    throw new OssatureError('the root of the bones is no joint', {
      where: `layout ${layout.name}`,
      expected: `0 to ${layout.joints.length - 1}`,
      found: `${root}`,
    })
  }
  const parents = layout.joints.map(() => -1)
  for (const start of [root, ...(layout.roots ?? [])]) {
    if (parents[start] >= 0) continue
    parents[start] = start
    const reached = [start]
    for (const joint of reached) {
      for (const edge of layout.inward) {
        const next = edge[0] === joint ? edge[1] : edge[1] === joint ? edge[0] : joint
        if (parents[next] >= 0) continue
        parents[next] = joint
        reached.push(next)
      }
    }
  }
  const lost = parents.findIndex((parent) => parent < 0)
  if (lost < 0) return parents
  throw new OssatureError('bones from this root do not reach every joint', {
    where: `layout ${layout.name}`,
    expected: `edges from ${layout.joints[root]} to every joint`,
    found: `none to ${layout.joints[lost]}`,
  })
}

/**
 * The poses whose bones (joint minus parent) these are: each root, a joint that is its own parent, at its place in
 * `places`, every other joint at its parent plus its bone.
 * @throws OssatureError for parents in a circle
 */
export function jointsOfBones<A extends Coordinates>(
  bones: Points<A>,
  parents: readonly number[],
  places: Points<Coordinates>,
): Points<A> {
  const order = parentsFirst(parents)
  const { data, joints, channels } = bones
  const result = zeroPoints(bones)
  for (let frame = 0; frame < data.length; frame += joints * channels) {
    for (const joint of order) {
      const at = frame + joint * channels
      const parent = frame + parents[joint] * channels
      for (let c = 0; c < channels; c++) {
        result.data[at + c] = at === parent ? places.data[at + c] : result.data[parent + c] + data[at + c]
      }
    }
  }
  return result
}

/** The joints in an order in which every parent comes before its children. */
function parentsFirst(parents: readonly number[]): number[] {
  const order = parents.flatMap((parent, joint) => (parent === joint ? [joint] : []))
  for (const placed of order) {
    parents.forEach((parent, joint) => {
      if (parent === placed && joint !== placed) order.push(joint)
    })
  }
  if (order.length === parents.length) return order
  throw new OssatureError('bones form a circle', { expected: 'every joint leads to a root', found: parents.join(', ') })
}
