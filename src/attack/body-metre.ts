import type { Layout } from '../skeleton/layout.ts'
import type { Points } from '../skeleton/points.ts'

const METRES: Readonly<Record<string, number>> = { metre: 1, centimetre: 100, millimetre: 1000 }

/** The longest way along the bones of a standing adult, in metres: about from a foot to the head. */
const LONGEST_WAY = 1.7

/**
 * What counts as a metre in the unit of a layout's coordinates. Where they are no lengths: a share of the body, whose
 * longest way along the bones is taken for 1.7 m, with each bone as long as its median over these clips.
 */
export function bodyMetre(layout: Layout, clips: Iterable<Points>): number {
  const stated = layout.unit && METRES[layout.unit]
  if (stated) return stated
  const way = longestWay(layout.parents, boneLengths(layout, clips))
  return way > 0 ? way / LONGEST_WAY : 1
}

/** The median length of each joint's bone, over frames in which both ends are there; 0 for roots and unseen bones. */
function boneLengths({ parents, dimensions }: Layout, clips: Iterable<Points>): number[] {
  const lengths = parents.map((): number[] => [])
  for (const { data, joints, channels } of clips) {
    for (let pose = 0; pose < data.length; pose += joints * channels) {
      const joint = (index: number) => data.subarray(pose + index * channels, pose + index * channels + dimensions)
      parents.forEach((parent, index) => {
        const [end, start] = [joint(index), joint(parent)]
        if (parent === index || isMissing(end) || isMissing(start)) return
        lengths[index].push(Math.hypot(...end.map((value, c) => value - start[c])))
      })
    }
  }
  return lengths.map(median)
}

const isMissing = (joint: Float32Array) => joint.every((value) => value === 0)

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** The longest way between two joints along bones of these lengths. */
function longestWay(parents: readonly number[], lengths: readonly number[]): number {
  const depth = (joint: number): number => (parents[joint] === joint ? 0 : 1 + depth(parents[joint]))
  const order = [...parents.keys()].map((joint) => ({ joint, depth: depth(joint) })).sort((a, b) => b.depth - a.depth)
  const reach = parents.map(() => 0)
  let longest = 0
  for (const { joint } of order) {
    const parent = parents[joint]
    if (parent === joint) continue
    const way = reach[joint] + lengths[joint]
    longest = Math.max(longest, reach[parent] + way)
    reach[parent] = Math.max(reach[parent], way)
  }
  return longest
}
