import { OssatureError } from '../../../errors.ts'
import { toNumbers } from '../../../files/array-elements.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { NpyArray } from '../../../files/npy.ts'
import { NUMPY_GLOBALS, NumpyArray } from '../../../files/pickle/numpy.ts'
import { readPickle } from '../../../files/pickle/pickle.ts'
import { describeValue, type PickleValue } from '../../../files/pickle/values.ts'

/** Most classes: a larger label is damage. */
const MAX_LABEL = 99_999

/** Labels of clips: integers (N), or one-hot rows (N, K). @throws OssatureError */
export function labelsOfArray({ shape, data }: Pick<NpyArray, 'shape' | 'data'>, where: string): number[] {
  const numbers = Array.from(toNumbers(data()))
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) {
    return numbers.map((label, i) => checkedLabel(label, `${where}, clip ${i}`))
  }
  if (shape.length !== 2) {
    const found = `(${shape.join(', ')})`
    throw new OssatureError('the labels have another shape', { where, expected: '(N) or one-hot (N, classes)', found })
  }
  return Array.from({ length: shape[0] }, (_, i) => {
    const row = numbers.slice(i * shape[1], (i + 1) * shape[1])
    const label = row.indexOf(1)
    if (label >= 0 && row.every((value, k) => value === (k === label ? 1 : 0))) return label
    throw new OssatureError('a row of labels is not one-hot', {
      where: `${where}, clip ${i}`,
      expected: 'a single 1 among zeros',
      found: row.slice(0, 12).join(', '),
    })
  })
}

/** A pickle (names of clips, labels), or of labels alone. @throws OssatureError */
export function labelsOfPickle(file: NamedFile): { labels: number[]; ids?: string[] } {
  const { where } = file
  const content = readPickle(file.bytes(), { where, globals: NUMPY_GLOBALS })
  const pair = Array.isArray(content) && content.length === 2 && Array.isArray(content[0]) ? content : undefined
  const labels = numbersOf(pair ? pair[1] : content, where)
  if (!pair) return { labels }
  const ids = (pair[0] as PickleValue[]).map((id, i) => {
    if (typeof id === 'string' && id !== '') return id.replace(/\.skeleton$/, '')
    throw new OssatureError('the name of a clip is no text', { where: `${where}, clip ${i}`, found: describeValue(id) })
  })
  const twice = ids.length !== new Set(ids).size
  if (ids.length === labels.length && !twice) return { labels, ids }
  throw new OssatureError('names and labels do not fit', {
    where,
    expected: `${labels.length} names, all different`,
    found: twice ? 'a name twice' : `${ids.length}`,
  })
}

function numbersOf(value: PickleValue | undefined, where: string): number[] {
  if (value instanceof NumpyArray && value.shape.length === 1) {
    return Array.from(toNumbers(value.data), (label, i) => checkedLabel(label, `${where}, clip ${i}`))
  }
  if (Array.isArray(value)) return value.map((label, i) => checkedLabel(label, `${where}, clip ${i}`))
  throw new OssatureError('there are no labels', { where, expected: 'a list of integers', found: describeValue(value) })
}

/** @throws OssatureError when the label is no class index */
export function checkedLabel(label: unknown, where: string): number {
  if (typeof label === 'number' && Number.isInteger(label) && label >= 0 && label <= MAX_LABEL) return label
  throw new OssatureError('the label is no class index', {
    where,
    expected: `an integer from 0 to ${MAX_LABEL}`,
    found: String(label).slice(0, 40),
  })
}
