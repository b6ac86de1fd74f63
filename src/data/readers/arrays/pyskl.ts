import { z } from 'zod'
import { OssatureError, shortList } from '../../../errors.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { NUMPY_GLOBALS } from '../../../files/pickle/numpy.ts'
import { readPickle } from '../../../files/pickle/pickle.ts'
import { describeValue, type PickleValue } from '../../../files/pickle/values.ts'
import { unnamedClasses } from '../../classes/unnamed-classes.ts'
import type { Clip, ClipMeta } from '../../clip.ts'
import type { Dataset } from '../../dataset.ts'
import type { Split } from '../../splits/split.ts'
import { ntuClasses, parseNtuName } from '../ntu/classes.ts'
import { defineReader, type OnDamaged } from '../reader.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import type { PoseClip } from '../shared/detected-poses.ts'
import { beginning } from '../shared/json-values.ts'
import { poseClipOfArray } from '../shared/pose-array.ts'
import { checkedLabel } from './feeder-labels.ts'
import { arrayAt, mapAt, type PickleMap, scalarOf } from './pickle-numbers.ts'
import { readCompressedKeypoints } from './pyskl-compressed.ts'

const FORM = /\.(pkl|pickle)$/i

export interface PysklOptions {
  /**
   * For the compressed form of Kinetics: detections whose box has a lower score are left out, and clips in which fewer
   * than `validRatio` of the frames are left. Default: 0.5, and no such limit.
   */
  readonly boxThreshold?: 0.5 | 0.6 | 0.7 | 0.8 | 0.9
  readonly validRatio?: number
}

/**
 * The annotations of PYSKL and MMAction2 (Duan, Wang, Chen, Lin: PYSKL, ACM Multimedia 2022): a pickle `{split: {name:
 * [id]}, annotations: [{frame_dir (or filename), label, total_frames, keypoint (M, T, V, C), keypoint_score (M, T, V),
 * img_shape}]}`, or the list of annotations alone. Kinetics, whose keypoints lie in files of their own (`raw_file`), is
 * decompressed. Splits `xsub_train` and `xsub_val` become `xsub`, and so on; clips of no split stay in the data set.
 */
export const pyskl = defineReader({
  name: 'pyskl',
  description: 'PYSKL and MMAction2: a pickle with split and annotations (keypoint, label, frame_dir)',
  options: z.object({
    boxThreshold: z
      .literal([0.5, 0.6, 0.7, 0.8, 0.9])
      .default(0.5)
      .describe('Kinetics: detections whose box has a lower score are left out'),
    validRatio: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('Kinetics: clips in which a smaller share of the frames is left are left out'),
  }),
  recognises(files) {
    const first = files.find(({ name }) => FORM.test(name))
    return first !== undefined && /annotations|frame_dir|keypoint|raw_file|split/.test(beginning(first.bytes(), 65_536))
  },
  read: readPyskl,
})

/** Reads the pickle among the files. @throws OssatureError naming the annotation and its key */
export function readPyskl(
  files: readonly NamedFile[],
  where: string,
  options: PysklOptions = {},
  onDamaged?: OnDamaged,
): Dataset {
  const { file, content } = mainPickle(files, where)
  const top = content instanceof Map ? (content as PickleMap) : undefined
  const list = top ? top.get('annotations') : content
  if (!Array.isArray(list) || list.length === 0) {
    throw new OssatureError('the pickle has no annotations', {
      where: file.where,
      expected: 'a dictionary with split and annotations, or a list of annotations',
      found: describeValue(list),
    })
  }
  const annotations = list.map((value, i) => mapAt(value, `${file.where}, annotation ${i}`))
  const key = annotations[0].has('frame_dir') ? 'frame_dir' : 'filename'
  const heads = annotations.map((annotation, i) => headOf(annotation, key, `${file.where}, annotation ${i}`))
  const kept = heads.filter(({ annotation }) => isValid(annotation, options))
  const sources = kept.map((head) => ({
    where: head.where,
    read: () => readAnnotation(head, files, file.size, options),
  }))
  const ids = heads.map(({ id }) => id)
  const classes = classNames(
    ids,
    heads.map(({ label }) => label),
  )
  // The arrays of the pickle are in memory; to keep them decoded would double that.
  const keptBytes = heads.some(({ annotation }) => annotation.has('raw_file')) ? undefined : 0
  const dataset = datasetOfSources('pyskl', classes, sources, file.where, { keptBytes, onDamaged })
  const splits = top ? splitsOf(top.get('split'), dataset, new Set(ids), file.where) : {}
  const left = heads.length - kept.length
  const notes = left > 0 ? [`${left} clips with too few valid frames were left out.`] : []
  return { ...dataset, ...(Object.keys(splits).length > 0 && { splits }), ...(notes.length > 0 && { notes }) }
}

/** The pickle with annotations; others beside it are raw files. */
function mainPickle(files: readonly NamedFile[], where: string): { file: NamedFile; content: PickleValue } {
  const pickles = files
    .filter(({ name }) => FORM.test(name))
    .sort((a, b) => a.name.split('/').length - b.name.split('/').length)
  const depth = pickles[0]?.name.split('/').length
  const top = pickles.filter(({ name }) => name.split('/').length === depth)
  if (top.length !== 1) {
    throw new OssatureError(`there are ${top.length} pickles here`, {
      where,
      expected: 'one with annotations',
      found: shortList(top.map(({ name }) => name)) || 'none',
      hint: 'Name the file.',
    })
  }
  const [file] = top
  return { file, content: readPickle(file.bytes(), { where: file.where, globals: NUMPY_GLOBALS }) }
}

interface Head {
  readonly annotation: PickleMap
  readonly where: string
  readonly id: string
  readonly label: number
}

function headOf(annotation: PickleMap, key: string, place: string): Head {
  const id = annotation.get(key)
  if (typeof id !== 'string' || id === '') {
    throw new OssatureError(`the annotation has no ${key}`, {
      where: place,
      expected: 'text',
      found: describeValue(id),
    })
  }
  const where = `${place} (${id.slice(0, 60)})`
  return { annotation, where, id, label: checkedLabel(scalarOf(annotation.get('label')), `${where}, label`) }
}

function isValid(annotation: PickleMap, { boxThreshold = 0.5, validRatio = 0 }: PysklOptions): boolean {
  const valid = annotation.get('valid')
  const total = annotation.get('total_frames')
  if (validRatio <= 0 || !(valid instanceof Map) || typeof total !== 'number') return true
  const frames = valid.get(boxThreshold)
  return typeof frames === 'number' && frames / total >= validRatio
}

function readAnnotation(head: Head, files: readonly NamedFile[], bytes: number, options: PysklOptions): Clip {
  const { annotation, where, id, label } = head
  const meta: ClipMeta = { ...parseNtuName(id)?.meta, ...imageSize(annotation.get('img_shape'), `${where}, img_shape`) }
  const poses = annotation.has('raw_file')
    ? readCompressedKeypoints(annotation, files, where, options.boxThreshold)
    : readKeypoints(annotation, bytes, where)
  return { id, label, ...poses, meta }
}

function readKeypoints(annotation: PickleMap, bytes: number, where: string): PoseClip {
  const keypoint = arrayAt(annotation.get('keypoint'), `${where}, keypoint`)
  const score = annotation.has('keypoint_score')
    ? arrayAt(annotation.get('keypoint_score'), `${where}, keypoint_score`)
    : undefined
  if (keypoint.shape.length !== 4) {
    const found = `(${keypoint.shape.join(', ')})`
    throw new OssatureError('the keypoints have another shape', {
      where: `${where}, keypoint`,
      expected: '(M, T, V, C)',
      found,
    })
  }
  const frames = scalarOf(annotation.get('total_frames'))
  if (frames !== undefined && frames !== keypoint.shape[1]) {
    const found = `total_frames ${String(frames).slice(0, 20)}`
    throw new OssatureError('the keypoints have another number of frames', {
      where,
      expected: `${keypoint.shape[1]}`,
      found,
    })
  }
  return poseClipOfArray(keypoint, undefined, { where, bytes, score })
}

/** Splits that come as pairs of a training and a test list, `xsub_train` and `xsub_val`. */
function splitsOf(
  value: PickleValue | undefined,
  dataset: Dataset,
  all: ReadonlySet<string>,
  where: string,
): Record<string, Split> {
  if (value === undefined) return {}
  const lists = new Map<string, number[]>()
  const indices = new Map(dataset.entries.map(({ id }, i) => [id, i]))
  for (const [name, ids] of mapAt(value, `${where}, split`)) {
    const place = `${where}, split ${String(name).slice(0, 60)}`
    if (typeof name !== 'string' || !Array.isArray(ids)) {
      throw new OssatureError('the split is no list of clips', { where: place, found: describeValue(ids) })
    }
    const unknown = ids.find((id) => typeof id !== 'string' || !all.has(id))
    if (unknown !== undefined) {
      throw new OssatureError('the split names a clip without annotation', {
        where: place,
        found: describeValue(unknown),
      })
    }
    // In the order of the annotations, as PYSKL keeps them; a clip that is listed twice counts once.
    lists.set(
      name,
      [...new Set(ids.flatMap((id) => indices.get(id as string) ?? []))].sort((a, b) => a - b),
    )
  }
  const splits: Record<string, Split> = Object.create(null)
  for (const [name, train] of lists) {
    const match = /^(.*?)_?train(.*)$/s.exec(name)
    const test =
      match && ['val', 'test'].map((part) => lists.get(name.replace('train', part))).find((list) => list !== undefined)
    if (match && test) splits[`${match[1]}${match[2]}` || 'annotations'] = { train, test }
  }
  return { ...splits }
}

/** (height, width) of the images. */
function imageSize(value: PickleValue | undefined, where: string): ClipMeta {
  if (value === undefined || value === null) return {}
  const lengths = Array.isArray(value) ? Array.from(value, scalarOf) : []
  const [imageHeight, imageWidth] = lengths
  const isLength = (length: unknown): length is number =>
    typeof length === 'number' && Number.isInteger(length) && length > 0
  if (lengths.length >= 2 && isLength(imageHeight) && isLength(imageWidth)) return { imageWidth, imageHeight }
  throw new OssatureError('there is no size of the image', {
    where,
    expected: '(height, width)',
    found: describeValue(value),
  })
}

function classNames(ids: readonly string[], labels: readonly number[]): readonly string[] {
  if (ids.every((id, i) => parseNtuName(id)?.label === labels[i])) return ntuClasses(labels)
  const most = labels.reduce((a, b) => Math.max(a, b), 0)
  return unnamedClasses(most + 1)
}
