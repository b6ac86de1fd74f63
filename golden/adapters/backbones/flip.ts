import { flip, randomFlip } from '../../../src/augment/space/flip.ts'
import type { JointPair } from '../../../src/skeleton/layout.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance, valuesOf } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'flip',
  run(test, check) {
    const { flip_ratio: probability = 0.5, left_kp: left, right_kp: right, img_shape: shape } = test.config
    const mirrored = (left ?? []).map((joint: number, i: number): JointPair => [joint, right[i]])
    const poses = posesOf(test, test.inputs.keypoint)
    const rule = test.inputs.keypoint_score
    const score = rule ? Float32Array.from(test.values(rule).data) : undefined
    const width = shape[1]
    // Without a recorded draw the probability has to be certain.
    const isDrawn = test.draws !== undefined && test.draws !== null
    if (!isDrawn && probability > 0 && probability < 1) throw new Error('a flip that needs a draw')
    const flipped = isDrawn
      ? randomFlip(poses, { probability, width, mirrored, score }, test.stream())
      : probability > 0
        ? flip(poses, width, mirrored, score)
        : { points: poses, score }
    check.close(['keypoint'], valuesOf(flipped.points), transformTolerance(test))
    if (flipped.score) {
      const scoreShape = valuesOf(poses).shape.slice(0, 3)
      check.close(['score'], { data: flipped.score, shape: scoreShape }, transformTolerance(test))
    }
  },
}
