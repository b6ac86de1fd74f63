import { OssatureError } from '../errors.ts'
import type { Clip } from './clip.ts'
import type { Dataset } from './dataset.ts'
import { pointPlace } from './point-place.ts'
import type { Split } from './split.ts'

/**
 * Refuses a data set that would ruin a training run: wrong labels, doubled ids, clips without frames, classes without
 * clips, coordinates that are no numbers. Every clip is read once.
 *
 * @throws OssatureError naming the clip or class
 */
export function checkDataset(dataset: Dataset): void {
  checkEntries(dataset)
  checkClasses(dataset)
  for (let i = 0; i < dataset.entries.length; i++) checkPoints(dataset.clip(i), dataset.name)
}

/** The part of `checkDataset` that concerns ids, labels and lengths; no points are read. */
export function checkEntries({ name, classes, entries }: Pick<Dataset, 'name' | 'classes' | 'entries'>): void {
  if (entries.length === 0) throw new OssatureError('the data set has no clips', { where: name })
  const seen = new Map<string, number>()
  for (const [index, { id, label, persons, frames }] of entries.entries()) {
    const where = `${name}, clip ${id}`
    const earlier = seen.get(id)
    if (id === '' || earlier !== undefined) {
      const found = id === '' ? 'an empty id' : `the id of clip ${earlier} again`
      throw new OssatureError('clips must have ids of their own', { where: `${where} (number ${index})`, found })
    }
    seen.set(id, index)
    if (!Number.isInteger(label) || label < 0 || label >= classes.length) {
      const expected = `0 to ${classes.length - 1}, for ${classes.length} classes`
      throw new OssatureError('the label is out of range', { where, expected, found: `${label}` })
    }
    if (!(frames > 0)) throw new OssatureError('the clip has no frames', { where, hint: 'Remove it.' })
    if (!(persons > 0)) throw new OssatureError('the clip has no persons', { where, hint: 'Remove it.' })
  }
}

/** At least two classes, names of their own, each with clips. */
export function checkClasses({ name, classes, entries }: Pick<Dataset, 'name' | 'classes' | 'entries'>): void {
  if (classes.length < 2) {
    throw new OssatureError('there is nothing to tell apart', {
      where: name,
      expected: 'at least two classes',
      found: `${classes.length}`,
    })
  }
  const twice = classes.find((title, label) => classes.indexOf(title) !== label)
  if (twice !== undefined) throw new OssatureError(`two classes are called '${twice}'`, { where: name })
  const empty = emptyClasses(classes, entries)
  if (empty.length > 0) {
    throw new OssatureError('a class has no clips', {
      where: name,
      expected: 'clips of every class',
      found: `none of ${listed(empty)}`,
      hint: 'Record some, or remove the class.',
    })
  }
}

/** Shape, length of the arrays and finite values of one clip. */
export function checkPoints({ id, points, score }: Clip, name = 'data set'): void {
  const { data, persons, frames, joints, channels } = points
  const where = `${name}, clip ${id}`
  if (data.length !== persons * frames * joints * channels) {
    throw new OssatureError('the points do not fit their shape', {
      where,
      expected: `${persons} x ${frames} x ${joints} x ${channels}`,
      found: `${data.length} numbers`,
    })
  }
  if (score && score.length !== persons * frames * joints) {
    throw new OssatureError('the confidences do not fit the shape of the points', {
      where,
      expected: `${persons} x ${frames} x ${joints}`,
      found: `${score.length} numbers`,
    })
  }
  for (const [values, perJoint, what] of [
    [data, channels, 'coordinate'],
    [score, 1, 'confidence'],
  ] as const) {
    const at = values?.findIndex((value) => !Number.isFinite(value)) ?? -1
    if (at < 0) continue
    throw new OssatureError(`a ${what} is not a finite number`, {
      where: `${where}, ${pointPlace(at, { frames, joints, perJoint })}`,
      found: `${values![at]}`,
      hint: 'Fill in or leave out joints that were not seen.',
    })
  }
}

/** Indices in range, no clip in both parts or twice in one, training clips of every class, at least one test clip. */
export function checkSplit(
  { name, classes, entries }: Pick<Dataset, 'name' | 'classes' | 'entries'>,
  split: Split,
): void {
  const part = new Map<number, string>()
  for (const [title, indices] of [
    ['training', split.train],
    ['test', split.test],
  ] as const) {
    if (indices.length === 0) throw new OssatureError(`the ${title} part is empty`, { where: name })
    for (const index of indices) {
      if (!entries[index]) throw new OssatureError(`the ${title} part names clip number ${index}`, { where: name })
      const other = part.get(index)
      if (other) {
        const found = other === title ? `twice in the ${title} part` : 'in the training and in the test part'
        throw new OssatureError('a clip stands twice in the split', {
          where: `${name}, clip ${entries[index].id}`,
          found,
        })
      }
      part.set(index, title)
    }
  }
  const empty = emptyClasses(
    classes,
    split.train.map((index) => entries[index]),
  )
  if (empty.length > 0) {
    throw new OssatureError('a class has no training clips', { where: name, found: `none of ${listed(empty)}` })
  }
}

function emptyClasses(classes: readonly string[], entries: readonly { label: number }[]): string[] {
  const used = new Set(entries.map(({ label }) => label))
  return classes.filter((_, label) => !used.has(label))
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `'${name}'`)
  return names.length > 5 ? `${shown.join(', ')} and ${names.length - 5} more` : shown.join(', ')
}
