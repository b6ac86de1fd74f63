import { type ClipBatch, partialMixUp, releasedPartialMixUp } from '../../../src/augment/partial-mix-up.ts'
import { classCounts, profileOfSplit } from '../../../src/data/sampling/long-tail.ts'
import type { Adapter } from '../../adapter.ts'
import { transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'brl',
  kind: 'mixup',
  run(test, check) {
    const { variant, split, num_classes: classes, ratio, alpha, im_k: imK, upper, lower } = test.config
    const { data, shape } = test.values(test.inputs.x)
    const labels = Array.from(test.values(test.inputs.labels).data)
    const batch: ClipBatch = { data: Float32Array.from(data), shape: shape as unknown as ClipBatch['shape'] }
    const mixed = partialMixUp(
      batch,
      labels,
      {
        ...releasedPartialMixUp,
        upper,
        lower,
        ratio,
        alpha,
        imK,
        classCounts: variant === 'base' ? undefined : classCounts(profileOfSplit(split, classes)),
      },
      test.stream(),
    )
    check.equal(['number_drawn'], mixed.drawn)
    check.equal(['changed'], [...mixed.mixed])
    check.equal(['label_a'], Array.from(mixed.labelA))
    check.equal(['label_b'], Array.from(mixed.labelB))
    check.close(['lam'], mixed.lambda[0], transformTolerance(test))
    check.close(['output'], { data: mixed.clips.data, shape }, transformTolerance(test))
    const poseShape = shape.slice(3)
    const poseSize = poseShape[0] * poseShape[1]
    const clipSize = mixed.clips.data.length / shape[0]
    for (const clip of check.keys(['first_frame_first_person_by_name'])) {
      const start = Number(clip) * clipSize
      const pose = { data: mixed.clips.data.subarray(start, start + poseSize), shape: poseShape }
      check.close(['first_frame_first_person_by_name', clip], pose, transformTolerance(test))
    }
    if (check.keys(['first_frame_first_person_by_name']).length === 0) check.use(['first_frame_first_person_by_name'])
  },
}
