import { z } from 'zod'
import { OssatureError, shortList } from '../../../errors.ts'
import { toNumbers } from '../../../files/array-elements.ts'
import { stemOf } from '../../../files/file-name.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import { type NpyArray, readNpy } from '../../../files/npy.ts'
import { isZip, readZip } from '../../../files/zip/zip.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { registerLayout } from '../../../skeleton/layouts/index.ts'
import { readLayout } from '../../../skeleton/read-layout.ts'
import { unnamedClasses } from '../../classes/unnamed-classes.ts'
import type { Clip } from '../../clip.ts'
import type { Dataset } from '../../dataset.ts'
import { checkedIndex } from '../../dataset.ts'
import type { Split } from '../../splits/split.ts'
import { defineReader } from '../reader.ts'
import { type ClipAxes, clipAxesOf, clipOfAxes } from './feeder-axes.ts'
import { labelsOfArray, labelsOfPickle } from './feeder-labels.ts'

/** Arrays of all clips of one part, by the name that they share. */
interface Part {
  readonly name: string
  readonly role: 'train' | 'test' | undefined
  readonly data: { readonly array: NpyArray; readonly where: string }
  readonly labels: () => { readonly labels: number[]; readonly ids?: readonly string[] }
}

/** Words in names that tell the part. */
const TRAIN = /(^|[^a-z])(train|trn)([^a-z]|$)/i
const TEST = /(^|[^a-z])(test|val|eval|tst)([^a-z]|$)/i
const LABEL = /(^|_)(y|labels?)(_|$)/i
const DATA = /(^|_)(x|data|joints?|keypoints?)(_|$)|data/i

/**
 * Arrays of NumPy as the feeders of published programs take them, in `.npy` files or in `.npz` archives:
 *
 * - CTR-GCN, FR-Head, SkateFormer: `x_train`, `y_train`, `x_test`, `y_test`; (N, T, 150), that is (2 persons, 25 joints,
 *   x y z) per frame, labels as integers or one-hot;
 * - ST-GCN, 2s-AGCN: `train_data.npy` (N, C, T, V, M) with `train_label.pkl`, a pickle (names, labels), or labels as an
 *   array; `val_...` for the test part;
 * - (N, M, T, V, C), and (N, T, V, C) for one person.
 *
 * Zeros behind the last frame and persons who are never there are taken away. Training and test part become the split
 * `arrays`. See `clipAxesOf` for shapes that have two meanings.
 */
export const numpyArrays = defineReader({
  name: 'numpy',
  description: 'NumPy: .npz or .npy arrays of clips with their labels, as the feeders of CTR-GCN, ST-GCN and 2s-AGCN',
  options: z.object({
    layout: z
      .string()
      .min(1)
      .optional()
      .describe('file of a skeleton layout of your own; by default the usual layout of so many joints'),
  }),
  recognises(files) {
    const arrays = files.filter(({ name }) => /\.npy$/i.test(name)).map(({ name }) => stemOf(name))
    const labelled = arrays.some((name) => LABEL.test(name)) || files.some(({ name }) => /\.(pkl|pickle)$/i.test(name))
    return files.some(({ name }) => /\.npz$/i.test(name)) || (arrays.length > 0 && labelled)
  },
  read(files, where, options) {
    const own = options?.layout === undefined ? undefined : readLayout(options.layout)
    if (own) registerLayout(own)
    return readNumpyArrays(files, where, own)
  },
})

function readNumpyArrays(files: readonly NamedFile[], where: string, own?: Layout): Dataset {
  const parts = partsOf(arraysOf(files), files, where)
  const read = parts.map((part) => ({
    ...part,
    ...checkedLabels(part),
    axes: clipAxesOf(part.data.array.shape, part.data.where, own),
  }))
  const first = read[0]
  for (const { axes, data } of read) {
    if (axes.layout === first.axes.layout && axes.channels === first.axes.channels) continue
    const found = `${axes.layout} with ${axes.channels} coordinates`
    throw new OssatureError('the arrays differ in their joints', {
      where: data.where,
      expected: first.axes.layout,
      found,
    })
  }
  const most = read.reduce((largest, { labels }) => labels.reduce((a, b) => Math.max(a, b), largest), 0)
  const classes = unnamedClasses(most + 1)
  const clips = read.flatMap((part, p) =>
    part.labels.map((label, row) => ({ part, label, row, id: idOf(part, row, read.length > 1), p })),
  )
  const readClip = ({ part, label, row, id }: (typeof clips)[number]): Clip => {
    return { id, label, layout: part.axes.layout, ...clipOfRow(part, row), meta: {} }
  }
  const entries = clips.map((clip) => {
    const { points } = readClip(clip)
    return { id: clip.id, label: clip.label, persons: points.persons, frames: points.frames, meta: {} }
  })
  const of = (role: keyof Split) => clips.flatMap(({ part }, i) => (part.role === role ? [i] : []))
  const arrays: Split = { train: of('train'), test: of('test') }
  return {
    name: 'numpy',
    layout: first.axes.layout,
    classes,
    joints: first.axes.joints,
    channels: first.axes.scored ? first.axes.channels - 1 : first.axes.channels,
    entries,
    ...(arrays.train.length > 0 && arrays.test.length > 0 && { splits: { arrays } }),
    clip: (index) => readClip(clips[checkedIndex('numpy', index, clips.length)]),
  }
}

function clipOfRow(
  { data, axes }: { data: Part['data']; axes: ClipAxes },
  row: number,
): Pick<Clip, 'points' | 'score'> {
  const values = data.array.range(row * axes.size, (row + 1) * axes.size)
  return clipOfAxes(toNumbers(values), axes, `${data.where}, clip ${row}`)
}

function idOf({ name, ids }: { name: string; ids?: readonly string[] }, row: number, several: boolean): string {
  return ids?.[row] ?? `${several ? `${name}_` : ''}${String(row).padStart(6, '0')}`
}

interface NamedArray {
  readonly name: string
  readonly where: string
  readonly array: NpyArray
}

function arraysOf(files: readonly NamedFile[]): NamedArray[] {
  const members = files.flatMap((file) => {
    if (!/\.npz$/i.test(file.name)) return [file]
    const bytes = file.bytes()
    if (isZip(bytes)) return readZip(bytes, file.where)
    throw new OssatureError('the archive is no zip', { where: file.where, expected: 'what numpy.savez writes' })
  })
  return members
    .filter(({ name }) => /\.npy$/i.test(name))
    .map((file) => ({
      name: stemOf(file.name),
      where: file.where,
      array: readNpy(file.bytes(), file.where),
    }))
}

function partsOf(arrays: readonly NamedArray[], files: readonly NamedFile[], where: string): Part[] {
  const pickles = files.filter(({ name }) => /\.(pkl|pickle)$/i.test(name))
  const isLabel = ({ name, array }: NamedArray) => LABEL.test(name) && array.shape.length <= 2
  const labels = arrays.filter(isLabel)
  const data = arrays.filter((array) => !isLabel(array) && array.array.shape.length >= 3 && DATA.test(array.name))
  if (data.length === 0) {
    throw new OssatureError('there is no array of clips', {
      where,
      expected: 'x_train, x_test, train_data, val_data or data, with three axes or more',
      found: shortList(arrays.map(({ name, array }) => `${name} (${array.shape.join(', ')})`)) || 'no arrays',
    })
  }
  return data.map(({ name, where: place, array }): Part => {
    const role = roleOf(name)
    const own = labels.filter((label) => roleOf(label.name) === role)
    const pickle = pickles.filter((file) => roleOf(stemOf(file.name)) === role)
    if (own.length + pickle.length !== 1) {
      throw new OssatureError(`array ${name} needs one file of labels`, {
        where: place,
        expected:
          role === undefined ? 'label.npy, label.pkl or y' : `${role}_label.npy, ${role}_label.pkl or y_${role}`,
        found: own.length + pickle.length === 0 ? 'none' : `${own.length + pickle.length}`,
      })
    }
    const read = () => (own[0] ? { labels: labelsOfArray(own[0].array, own[0].where) } : labelsOfPickle(pickle[0]))
    return { name, role, data: { array, where: place }, labels: read }
  })
}

function checkedLabels(part: Part) {
  const { labels, ids } = part.labels()
  const [clips] = part.data.array.shape
  if (labels.length !== clips || clips === 0) {
    const expected = `${clips} labels, one per clip`
    throw new OssatureError('clips and labels do not fit', {
      where: part.data.where,
      expected,
      found: `${labels.length}`,
    })
  }
  return { labels, ids }
}

function roleOf(name: string): Part['role'] {
  const train = TRAIN.test(name)
  return train === TEST.test(name) ? undefined : train ? 'train' : 'test'
}
