import { corruptJoints } from '../../../src/augment/space/corrupt-joints.ts'
import { shear } from '../../../src/augment/space/shear.ts'
import { takeFrames } from '../../../src/augment/time/frame-order.ts'
import { resizeFrames } from '../../../src/augment/time/resize-frames.ts'
import { centreSpan, framesOf, randomSpan } from '../../../src/augment/time/valid-span.ts'
import type { RandomStream } from '../../../src/random/stream.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { sequenceForm } from '../../../src/skeleton/sequence-form.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, fromChannelFirst } from '../../inputs/channel-first.ts'
import { posesOf, transformTolerance } from '../../inputs/poses.ts'

type Poses = Points<Float32Array | Float64Array>
// biome-ignore lint/suspicious/noExplicitAny: arguments of the authors' functions
type Operation = (poses: Poses, config: any, stream: RandomStream) => Poses

/** The shares of the frames between which a crop of the pretraining lies, and the frames that it is resampled to. */
const [RATIO, WINDOW] = [[0.1, 1], 64]

const cropResize: Operation = (poses, { valid_frames: valid = poses.frames, ratio = RATIO, out = WINDOW }, stream) => {
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

const SEQUENCE_FORM = 'sequence form'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'augmentation',
  run(test, check) {
    const names = test.config.operation.split(' then ') as string[]
    const isSequence = names.at(-1) === SEQUENCE_FORM
    const stream = test.stream()
    const output = (isSequence ? names.slice(0, -1) : names).reduce(
      (poses, name) => operationOf(name)(poses, test.config, stream),
      posesOf(test, fromChannelFirst(test.inputs.x)),
    )
    const { frames, data } = output
    const values = isSequence
      ? { data: sequenceForm(output), shape: [frames, data.length / frames] }
      : channelFirstOf(output)
    check.close(['output'], values, transformTolerance(test))
  },
}

function operationOf(name: string): Operation {
  const operation = operations[name]
  if (!operation) throw new Error(`no operation ${name}`)
  return operation
}
