import { jointsOfBones } from '../../skeleton/bone-tree.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { boneStream } from '../../skeleton/streams.ts'

/** Added to the lengths of bones, in the unit of the coordinates. */
const LENGTH_OFFSET = 1e-5

/**
 * Inter-instance augmentation of SkateFormer (skeleton AdaIN of bone lengths): in every frame and of every person the
 * bones keep their directions and take the lengths of the reference; the root follows the reference. With b and r the
 * bones, b becomes b (|r| + 1e-5) / (|b| + 1e-5). A missing person becomes a point at the reference's root.
 * @param reference as many persons and frames as `points`
 * @param parents the bones of both, as `parentsFromRoot` gives them
 */
export function exchangeBoneLengths(
  points: Points,
  reference: Points,
  layout: Layout,
  parents: readonly number[],
): Points {
  const { channels } = points
  const bones = boneStream(points, layout, parents)
  const wanted = boneStream(reference, layout, parents)
  for (let at = 0; at < bones.data.length; at += channels) {
    const length = lengthAt(wanted, at) + LENGTH_OFFSET
    const factor = length / (lengthAt(bones, at) + LENGTH_OFFSET)
    for (let c = 0; c < channels; c++) bones.data[at + c] *= factor
  }
  return jointsOfBones(bones, parents, reference)
}

function lengthAt({ data, channels }: Points, at: number): number {
  let squared = 0
  for (let c = 0; c < channels; c++) squared += data[at + c] ** 2
  return Math.sqrt(squared)
}
