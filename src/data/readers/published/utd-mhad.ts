import { OssatureError } from '../../../errors.ts'
import { type MatNumbers, readMat } from '../../../files/mat/mat.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { Reader } from '../reader.ts'
import { anyNamed, labelFromNumber, sourcesOfFiles } from '../shared/clip-files.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'

const FORM = /(?:^|\/)(a(\d{1,2})_s(\d)_t(\d)_skeleton)\.mat$/
const JOINTS = 20

/**
 * Joints of the files in the order of the layout. In the files: head, middle of the shoulders, spine, middle of the hips,
 * then left arm, right arm, left leg, right leg, each from the trunk outwards.
 */
const ORDER = [3, 2, 1, 0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]

export const UTD_MHAD_CLASSES: readonly string[] = [
  ...['swipe left', 'swipe right', 'wave', 'clap', 'throw', 'arm cross', 'basketball shoot', 'draw x'],
  ...['draw circle clockwise', 'draw circle counter-clockwise', 'draw triangle', 'bowling', 'boxing', 'baseball swing'],
  ...['tennis swing', 'arm curl', 'tennis serve', 'push', 'knock', 'catch', 'pickup and throw', 'jog', 'walk'],
  ...['sit to stand', 'stand to sit', 'lunge', 'squat'],
]

/**
 * UTD-MHAD (Chen, Jafari, Kehtarnavaz: UTD-MHAD: A Multimodal Dataset for Human Action Recognition, ICIP 2015): a MATLAB
 * file `aAA_sS_tT_skeleton.mat` (action, subject, trial) per clip with `d_skel` (20, 3, T), Kinect v1, in metres.
 * Performer = subject, repetition = trial.
 */
export const utdMhad: Reader = {
  name: 'utd-mhad',
  description: 'UTD-MHAD: a folder or zip with MATLAB files aAA_sS_tT_skeleton.mat',
  recognises: (files) => anyNamed(files, FORM),
  read: (files, where, _, onDamaged) =>
    datasetOfSources('utd-mhad', UTD_MHAD_CLASSES, sourcesOfFiles(files, FORM, readClip), where, { onDamaged }),
}

function readClip(file: NamedFile, [id, action, performer, repetition]: string[]): Clip {
  const { where } = file
  const label = labelFromNumber(action, UTD_MHAD_CLASSES, where)
  const { shape, data } = skeletonOf(file)
  const frames = shape[2] ?? 1
  const points = new Float32Array(frames * JOINTS * 3)
  for (let frame = 0; frame < frames; frame++) {
    for (const [joint, from] of ORDER.entries()) {
      for (let axis = 0; axis < 3; axis++) {
        const value = Math.fround(data[from + JOINTS * (axis + 3 * frame)])
        if (!Number.isFinite(value)) {
          throw new OssatureError('a coordinate is not a number that float32 can hold', {
            where: `${where}, d_skel, frame ${frame}, joint ${from}, ${'xyz'[axis]}`,
            found: `${data[from + JOINTS * (axis + 3 * frame)]}`,
          })
        }
        points[(frame * JOINTS + joint) * 3 + axis] = value
      }
    }
  }
  const meta = { performer: Number(performer), repetition: Number(repetition) }
  return {
    id,
    label,
    layout: 'nw_ucla',
    points: { data: points, persons: 1, frames, joints: JOINTS, channels: 3 },
    meta,
  }
}

function skeletonOf(file: NamedFile): MatNumbers {
  const value = readMat(file.bytes(), file.where).get('d_skel')
  const [joints, axes, frames = 1] = value?.kind === 'numbers' ? value.shape : []
  if (value?.kind === 'numbers' && joints === JOINTS && axes === 3 && frames > 0 && value.shape.length <= 3)
    return value
  throw new OssatureError('there is no skeleton', {
    where: `${file.where}, d_skel`,
    expected: `numbers (${JOINTS}, 3, frames)`,
    found:
      value === undefined ? 'no such variable' : value.kind === 'numbers' ? `(${value.shape.join(', ')})` : value.kind,
  })
}
