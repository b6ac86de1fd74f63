import { corruptJoints } from '../../../src/augment/corrupt-joints.ts'
import { takeFrames } from '../../../src/augment/frame-order.ts'
import { resizeFrames } from '../../../src/augment/resize-frames.ts'
import { shear } from '../../../src/augment/shear.ts'
import { centreSpan, framesOf, randomSpan } from '../../../src/augment/valid-span.ts'
import type { RandomStream } from '../../../src/random/stream.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { sequenceForm } from '../../../src/skeleton/sequence-form.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst } from '../../channel-first.ts'
import { posesOf, transformTolerance } from '../../poses.ts'

type Poses = Points<Float32Array | Float64Array>
// biome-ignore lint/suspicious/noExplicitAny: arguments of the authors' functions
type Operation = (poses: Poses, config: any, stream: RandomStream) => Poses

const cropResize: Operation = (poses, { valid_frames: valid, ratio, out }, stream) => {
  const span = ratio.length === 1 ? centreSpan(valid, ratio[0]) : randomSpan(valid, ratio, stream)
  return resizeFrames(takeFrames(poses, framesOf(span)), out)
}

/** The names that the fixtures give the authors' functions. */
const operations: Readonly<Record<string, Operation>> = {
  'joint-corruption': (poses, _, stream) => corruptJoints(poses, stream),
  shear: (poses, _, stream) => shear(poses, stream, 1, 'rows'),
  'temporal-crop-resize': cropResize,
  'crop-subsequence': cropResize,
}

const SEQUENCE_FORM = ' then sequence form'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'augmentation',
  run(test, check) {
    const { operation } = test.config
    const isSequence = operation.endsWith(SEQUENCE_FORM)
    const apply = operations[isSequence ? operation.slice(0, -SEQUENCE_FORM.length) : operation]
    if (!apply) throw new Error(`no operation ${operation}`)
    const output = apply(posesOf(test, fromChannelFirst(test.inputs.x)), test.config, test.stream())
    const { frames, data } = output
    const values = isSequence
      ? { data: sequenceForm(output), shape: [frames, data.length / frames] }
      : channelFirstOf(output)
    check.close(['output'], values, transformTolerance(test))
  },
}
