import { relativeToJoint } from '../../../src/augment/frame-of-reference/relative-to-joint.ts'
import { exchangeBoneLengths } from '../../../src/augment/space/bone-length-exchange.ts'
import { dropJoints } from '../../../src/augment/space/drop-joints.ts'
import { gaussianNoise } from '../../../src/augment/space/gaussian-noise.ts'
import { dropAxis } from '../../../src/augment/space/mask.ts'
import { oneAxisRotation } from '../../../src/augment/space/one-axis-rotation.ts'
import { randomScale } from '../../../src/augment/space/random-scale.ts'
import { shear, shearing } from '../../../src/augment/space/shear.ts'
import { spatialFlip } from '../../../src/augment/space/spatial-flip.ts'
import { takeJoints } from '../../../src/augment/time/frame-order.ts'
import { randomGaussianBlur } from '../../../src/augment/time/gaussian-blur.ts'
import { backwards, type TimedClip } from '../../../src/augment/time/timed-frames.ts'
import { sometimes } from '../../../src/random/sometimes.ts'
import type { RandomStream } from '../../../src/random/stream.ts'
import { jointsOfBones, parentsFromRoot } from '../../../src/skeleton/bone-tree.ts'
import { nturgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { transformPoints } from '../../../src/skeleton/rotation.ts'
import { boneStream, motionStream } from '../../../src/skeleton/streams.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, drawsFromChannelFirst, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

// biome-ignore lint/suspicious/noExplicitAny: arguments of the authors' functions, null for one that is not given
type Options = any
type Transform = (poses: Points, options: Options, stream: RandomStream) => Points

const CENTRE = 1
const parents = () => parentsFromRoot(nturgbD, CENTRE)
const given = <T>(option: T | null): T | undefined => option ?? undefined

/** The authors' names of the functions. */
const transforms: Readonly<Record<string, Transform>> = {
  shear: (poses, { s1, s2, p = 0.5 }, stream) =>
    sometimes(poses, p, stream, () => {
      if (!s1 && !s2) return shear(poses, stream)
      const three = () => Array.from({ length: 3 }, () => stream.uniform(-0.5, 0.5))
      return transformPoints(poses, shearing(s1 ?? three(), s2 ?? three()))
    }),
  rotate: (poses, { axis, angle, p }, stream) =>
    oneAxisRotation(poses, { axis: given(axis), degrees: given(angle), probability: p }, stream),
  scale: (poses, { scale = 0.2, p = 0.5 }, stream) =>
    sometimes(poses, p, stream, () => randomScale(poses, scale, stream)),
  spatial_flip: (poses, { p }, stream) => spatialFlip(poses, nturgbD, stream, p),
  subtract: (poses, { p = 0.5 }, stream) => {
    const joint = stream.integer(0, poses.joints)
    return sometimes(poses, p, stream, () => relativeToJoint(poses, joint))
  },
  gaussian_noise: (poses, { mean, std, p }, stream) =>
    gaussianNoise(poses, { mean, deviation: std, probability: p }, stream),
  gaussian_filter: (poses, { kernel, sigma, p }, stream) =>
    randomGaussianBlur(poses, { kernel, sigma, probability: p }, stream),
  drop_axis: (poses, { axis, p }, stream) => dropAxis(poses, { axis: given(axis), probability: p }, stream),
  drop_joint: (poses, { joint_list: joints, time_range: frames, p }, stream) =>
    dropJoints(poses, { joints: given(joints), frames: given(frames), probability: p }, stream),
  joint_to_bone: (poses) => boneStream(poses, nturgbD, parents()),
  to_motion: (poses) => motionStream(poses, nturgbD),
  bone_motion: (poses) => motionStream(boneStream(poses, nturgbD, parents()), nturgbD),
  // The root of the bones is put at another joint's place.
  bone_to_joint_of_bones: (poses, { centre_joint: place }) => {
    const order = nturgbD.joints.map((_, joint) => (joint === CENTRE ? place : joint))
    return jointsOfBones(boneStream(poses, nturgbD, parents()), parents(), takeJoints(poses, order))
  },
}

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'augmentation',
  run(test, check) {
    const { function: name, p = 0.5 } = test.config
    const poses = posesOf(test, fromChannelFirst(test.inputs.x)) as Points
    const stream = test.stream(drawsFromChannelFirst(test.draws ?? [], poses))
    const tolerance = transformTolerance(test)
    if (name === 'temporal_flip') {
      const clip: TimedClip = { points: poses, index: Float32Array.from(test.values(test.inputs.index_t).data) }
      const { points, index } = sometimes(clip, p, stream, backwards)
      check.close(['output'], channelFirstOf(points), tolerance)
      check.close(['index_t'], index, tolerance)
      return
    }
    if (name === 'bone_length_exchange') {
      const reference = posesOf(test, fromChannelFirst(test.inputs.reference)) as Points
      const exchanged = exchangeBoneLengths(poses, reference, nturgbD, parents())
      check.close(['output'], channelFirstOf(exchanged), tolerance)
      return
    }
    if (!transforms[name]) throw new Error(`no function ${name}`)
    check.close(['output'], channelFirstOf(transforms[name](poses, test.config, stream)), tolerance)
  },
}
