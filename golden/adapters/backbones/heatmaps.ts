import { isDeepStrictEqual } from 'node:util'
import { type HeatmapLayout, mirroredLimbs, poseHeatmaps } from '../../../src/augment/pose-heatmaps.ts'
import type { JointPair } from '../../../src/skeleton/layout.ts'
import { coco } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter } from '../../adapter.ts'
import { posesOf, transformTolerance } from '../../poses.ts'

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'heatmaps',
  run(test, check) {
    const { img_shape: imageShape, options = {} } = test.config
    const { sigma, use_score: useScore, with_limb: withLimb = false, double, scaling } = options
    const points = posesOf(test, test.inputs.keypoint)
    const rule = test.inputs.keypoint_score
    const score = rule ? Float32Array.from(test.values(rule).data) : undefined
    const channels = withLimb ? 'limbs' : 'joints'
    const layout = layoutOf(options)
    const volume = poseHeatmaps({ points, imageShape, score }, layout, { channels, sigma, useScore, double, scaling })
    const shape = [volume.frames, volume.channels, volume.height, volume.width]
    check.close(['output'], { data: volume.data, shape }, transformTolerance(test))
    const first = volume.data.subarray(0, 3 * volume.height * volume.width)
    const firstShape = [3, volume.height, volume.width]
    check.close(['first_frame_first_3_channels'], { data: first, shape: firstShape }, transformTolerance(test))
  },
}

/** COCO, or what the constructor's lists make of it. */
// biome-ignore lint/suspicious/noExplicitAny: constructor arguments of the authors' class
function layoutOf(options: any): HeatmapLayout {
  const { skeletons: limbs = coco.limbs, left_kp: left, right_kp: right } = options
  const mirrored = left?.map((joint: number, i: number): JointPair => [joint, right[i]]) ?? coco.mirrored
  const layout = { ...coco, limbs, mirrored }
  if (options.left_limb) {
    const order = mirroredLimbs(layout)
    const given = order.map((_, limb) => limb)
    options.left_limb.forEach((limb: number, i: number) => {
      given[limb] = options.right_limb[i]
      given[options.right_limb[i]] = limb
    })
    if (!isDeepStrictEqual(given, order)) throw new Error('limbs that are exchanged but do not mirror each other')
  }
  return layout
}
