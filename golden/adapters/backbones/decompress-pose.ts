import { decompressPoses } from '../../../src/skeleton/decompress-poses.ts'
import type { Adapter } from '../../adapter.ts'
import { transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'decompress-pose',
  run(test, check) {
    const { max_person: maxPersons, squeeze, total_frames: totalFrames } = test.config
    const { data, shape } = test.values(test.inputs.keypoint)
    const frames = test.values(test.inputs.frame_inds).data
    const compressed = { detections: { data, joints: shape[1] }, frames, totalFrames }
    const { points, score } = decompressPoses(compressed, { squeeze, maxPersons })
    check.equal(['total_frames'], points.frames)
    check.close(['keypoint'], valuesOf(points), transformTolerance(test))
    const scores = { data: score, shape: [points.persons, points.frames, points.joints] }
    check.close(['keypoint_score'], scores, transformTolerance(test))
  },
}
