import { OssatureError } from '../../errors.ts'
import type { JointGroup } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { firstPlace } from './turn-to-axis.ts'

/**
 * The translation of CTR-GCN's preparation of NTU RGB+D, for any joints: the whole clip moves so that a joint of person
 * 0, or the middle of several, is the origin in the first frame with that person. A person that is missing in a frame
 * (all 0) stays 0 there. A clip without person 0 stays as it is.
 *
 * For the released arrays the joint is the middle of the spine (1), and the clip is what the reader of NTU RGB+D makes
 * by the rule `ctr-gcn`: bodies denoised, ordered by motion and laid in two rows.
 * @param missing `moved`: missing persons move, too, as in the release where a clip has one person
 * @throws OssatureError for other than three coordinates
 */
export function centreOnFirstPose(points: Points, origin: JointGroup, missing: 'kept' | 'moved' = 'kept'): Points {
  const { data, persons, frames, joints, channels } = points
  if (channels !== 3) {
    throw new OssatureError('a clip that cannot be centred', { expected: '3 coordinates', found: String(channels) })
  }
  const frameSize = joints * channels
  const isMissing = (row: number) => data.subarray(row * frameSize, (row + 1) * frameSize).every((value) => value === 0)
  const first = Array.from({ length: frames }, (_, frame) => frame).find((frame) => !isMissing(frame))
  const moved = data.slice()
  if (first === undefined) return { ...points, data: moved }
  const place = firstPlace({ ...points, data: data.subarray(first * frameSize) }, origin)
  for (let row = 0; row < persons * frames; row++) {
    if (missing === 'kept' && isMissing(row)) continue
    for (let i = row * frameSize; i < (row + 1) * frameSize; i++) moved[i] -= place[i % channels]
  }
  return { ...points, data: moved }
}
