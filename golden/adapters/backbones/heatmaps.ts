import { type HeatmapLayout, mirroredLimbs, poseHeatmaps } from '../../../src/augment/image/pose-heatmaps.ts'
import { type JointPair, mirrorOrder } from '../../../src/skeleton/layout.ts'
import { coco } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'heatmaps',
  run(test, check) {
    const { img_shape: imageShape, options = {} } = test.config
    const { sigma, use_score: useScore, with_limb: withLimb = false, double, scaling } = options
    const points = posesOf(test, test.inputs.keypoint)
    const rule = test.inputs.keypoint_score
    const score = rule ? Float32Array.from(test.values(rule).data) : undefined
    const volume = poseHeatmaps({ points, imageShape, score }, layoutOf(points.joints, options.skeletons), {
      channels: withLimb ? 'limbs' : 'joints',
      sigma,
      useScore,
      double,
      scaling,
      exchanged: withLimb
        ? pairsOf(options.left_limb, options.right_limb, mirroredLimbs(coco))
        : pairsOf(options.left_kp, options.right_kp, mirrorOrder(coco)),
    })
    const shape = [volume.frames, volume.channels, volume.height, volume.width]
    check.close(['output'], { data: volume.data, shape }, transformTolerance(test))
    const firstShape = [Math.min(3, volume.channels), volume.height, volume.width]
    const first = volume.data.subarray(0, firstShape[0] * volume.height * volume.width)
    check.close(['first_frame_first_3_channels'], { data: first, shape: firstShape }, transformTolerance(test))
  },
}

/** The joints have no other names than their numbers in the constructor's lists, whose defaults are those of COCO. */
function layoutOf(joints: number, limbs: readonly JointPair[] = coco.limbs ?? []): HeatmapLayout {
  return { ...coco, joints: Array.from({ length: joints }, (_, joint) => `${joint}`), limbs }
}

/** The channels that the constructor's two lists exchange, or those of an order of channels. */
function pairsOf(left: number[] | undefined, right: number[] | undefined, order: readonly number[]): JointPair[] {
  if (left && right) return left.map((channel, i) => [channel, right[i]] as const)
  return order.flatMap((other, channel) => (other > channel ? [[channel, other] as const] : []))
}
