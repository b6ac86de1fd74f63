import { z } from 'zod'
import { OssatureError, shortList } from '../../../errors.ts'
import { toNumbers } from '../../../files/array-elements.ts'
import { readMat } from '../../../files/mat/mat.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { readNpy } from '../../../files/npy.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { parseLayout } from '../../../skeleton/layout-file.ts'
import { registerLayout } from '../../../skeleton/layouts/index.ts'
import { readLayout } from '../../../skeleton/read-layout.ts'
import { defineReader } from '../reader.ts'
import { type ClipFormat, classOptions, clipsOfFormat, labelledDataset } from '../shared/clip-format.ts'
import { isAboutClips } from '../shared/clip-labels.ts'
import type { PoseClip } from '../shared/detected-poses.ts'
import { beginning } from '../shared/json-values.ts'
import { poseClipOfArray, type ShapedNumbers } from '../shared/pose-array.ts'
import { azureKinectFile } from './azure-kinect.ts'
import { cocoFile } from './coco-keypoints.ts'
import { type Landmarks, mediapipeFile } from './mediapipe-json.ts'
import { looksLikePoseTable } from './pose-columns.ts'
import { looksLikePoseJson, readPoseJson } from './pose-json.ts'
import { readPoseTable } from './pose-table.ts'

const CLIP = /\.(csv|json|npy|mat)$/i

/**
 * A folder of one's own recordings, a file per clip:
 *
 *     recordings/
 *       layout.json          if the skeleton is none of the published ones: see `layoutFileSchema`
 *       labels.csv           if the folders do not tell the classes: clip,label and what else is known
 *       wave/0001.csv        a table, see `readPoseTable`; or
 *       wave/0002.json       `readPoseJson`, or what MediaPipe, Azure Kinect or a COCO detector writes; or
 *       wave/0003.npy        an array (frames, joints, coordinates) or (persons, frames, joints, coordinates); or
 *       wave/0004.mat        a MATLAB file with one such array
 *
 * The layout is named by the joints of a table, by `layout.json`, or follows from the number of joints.
 */
export const ownFolder = defineReader({
  name: 'own-folder',
  description: 'your own recordings: a folder per class (or labels.csv) with a CSV, JSON, .npy or .mat file per clip',
  options: z.object({
    layout: z
      .string()
      .min(1)
      .optional()
      .describe('file of a skeleton layout of your own; by default the file layout.json beside the clips'),
    landmarks: z
      .enum(['image', 'world'])
      .default('image')
      .describe("MediaPipe's landmarks of the image, or those of space in metres"),
    ...classOptions.shape,
  }),
  recognises(files) {
    if (files.some(({ name }) => isAboutClips(name))) return true
    const first = files.find(({ name }) => CLIP.test(name))
    return first !== undefined && kindOf(first) !== undefined
  },
  read(files, where, options, onDamaged) {
    const layout = options?.layout === undefined ? layoutFile(files, where) : readLayout(options.layout)
    const clips = files.filter(({ name }) => CLIP.test(name) && !isAboutClips(name))
    if (layout) registerLayout(layout)
    const format = formatWith(layout, options?.landmarks ?? 'image')
    return labelledDataset('own-folder', clipsOfFormat(format, clips), files, where, options?.classes, onDamaged)
  },
})

/** A layout of one's own, which is made known by its name. */
function layoutFile(files: readonly NamedFile[], where: string): Layout | undefined {
  const found = files.filter(({ name }) => name === 'layout.json' || name.endsWith('/layout.json'))
  if (found.length > 1) {
    throw new OssatureError('there are two files layout.json', {
      where,
      found: found.map(({ name }) => name).join(', '),
    })
  }
  return found[0] && parseLayout(found[0].bytes(), found[0].where)
}

/** All forms as one: the ending and the beginning of each file tell which it is. */
function formatWith(layout: Layout | undefined, landmarks: Landmarks): ClipFormat {
  return {
    name: 'own-folder',
    description: '',
    unit: 'file',
    named: (name) => CLIP.test(name),
    begins: (file) => kindOf(file, landmarks) !== undefined,
    read([file]) {
      const bytes = file.bytes()
      const loaded = { ...file, bytes: () => bytes }
      const read = kindOf(loaded, landmarks)
      if (read) return read(loaded, layout)
      throw new OssatureError('the form of the clip is unknown', {
        where: file.where,
        expected:
          'a table with columns of joints, JSON with points or of MediaPipe, Azure Kinect or COCO, .npy or .mat',
        found: JSON.stringify(beginning(bytes, 60)),
      })
    },
  }
}

type ReadClip = (file: NamedFile, layout: Layout | undefined) => PoseClip

function kindOf(file: NamedFile, landmarks: Landmarks = 'image'): ReadClip | undefined {
  const ending = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase()
  if (ending === 'npy') return readArray
  if (ending === 'mat') return readMatlab
  if (ending === 'csv') {
    const [header] = beginning(file.bytes(), 65_536)
      .replace(/^\ufeff/, '')
      .split(/\r?\n/, 1)
    return looksLikePoseTable(header) ? (table, layout) => readPoseTable(table, layout, landmarks) : undefined
  }
  if (looksLikePoseJson(file)) return readPoseJson
  const format = [azureKinectFile, cocoFile, mediapipeFile({ landmarks })].find((candidate) => candidate.begins(file))
  return format && ((clip) => format.read([clip], clip.where))
}

const readArray: ReadClip = (file, layout) => {
  const { where, size } = file
  const array = readNpy(file.bytes(), where)
  return poseClipOfArray({ data: toNumbers(array.data()), shape: array.shape }, layout, { where, bytes: size })
}

const readMatlab: ReadClip = (file, layout) => {
  const { where, size } = file
  const arrays = [...readMat(file.bytes(), where)].flatMap(([name, value]) => {
    return value.kind === 'numbers' && value.shape.length >= 3 ? [{ name, ...value }] : []
  })
  if (arrays.length !== 1) {
    throw new OssatureError('there is not one array of three axes or more', {
      where,
      expected: 'one (frames, joints, coordinates)',
      found: shortList(arrays.map(({ name, shape }) => `${name} (${shape.join(', ')})`)) || 'none',
    })
  }
  return poseClipOfArray(rowMajor(arrays[0]), layout, { where: `${where}, ${arrays[0].name}`, bytes: size })
}

/** The first axis of MATLAB's arrays runs fastest. */
function rowMajor({ shape, data }: { shape: readonly number[]; data: Float64Array }): ShapedNumbers {
  const result = new Float64Array(data.length)
  const index = new Array<number>(shape.length).fill(0)
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1))
  let from = 0
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]
      if (++index[axis] < shape[axis]) break
      from -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return { data: result, shape }
}
