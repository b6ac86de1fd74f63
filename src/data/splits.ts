import { OssatureError } from '../errors.ts'
import type { RandomStream } from '../random/stream.ts'
import type { ClipMeta } from './clip.ts'
import type { ClipEntry } from './dataset.ts'

/** Indices of clips, each list in the order of the data set. */
export interface Split {
  readonly train: readonly number[]
  readonly test: readonly number[]
}

/** A published division of a data set into training and test clips. */
export interface Protocol {
  /** One sentence for help texts. */
  readonly description: string
  /** What of a clip's origin decides. */
  readonly field: keyof ClipMeta
  readonly train: (value: number) => boolean
  readonly test: (value: number) => boolean
}

/** Shahroudy et al. 2016 (NTU RGB+D, subjects up to 40) and Liu et al. 2019 (NTU RGB+D 120, up to 106). */
const NTU_TRAINING_SUBJECTS = new Set([
  1, 2, 4, 5, 8, 9, 13, 14, 15, 16, 17, 18, 19, 25, 27, 28, 31, 34, 35, 38, 45, 46, 47, 49, 50, 52, 53, 54, 55, 56, 57,
  58, 59, 70, 74, 78, 80, 81, 82, 83, 84, 85, 86, 89, 91, 92, 93, 94, 95, 97, 98, 100, 103,
])

/** The protocols by name. */
export const PROTOCOLS = {
  'nw-ucla': {
    description: 'NW-UCLA: views 1 and 2 train, view 3 tests',
    field: 'camera',
    train: (camera) => camera === 1 || camera === 2,
    test: (camera) => camera === 3,
  },
  'ntu-cross-subject': {
    description: 'NTU RGB+D 60 and 120, X-Sub: 20 of 40 or 53 of 106 performers train',
    field: 'performer',
    train: (performer) => NTU_TRAINING_SUBJECTS.has(performer),
    test: (performer) => performer >= 1 && performer <= 106 && !NTU_TRAINING_SUBJECTS.has(performer),
  },
  'ntu-cross-view': {
    description: 'NTU RGB+D 60, X-View: cameras 2 and 3 train, camera 1 tests',
    field: 'camera',
    train: (camera) => camera === 2 || camera === 3,
    test: (camera) => camera === 1,
  },
  'ntu-cross-setup': {
    description: 'NTU RGB+D 120, X-Set: even setups train, odd ones test',
    field: 'setup',
    train: (setup) => setup >= 1 && setup <= 32 && setup % 2 === 0,
    test: (setup) => setup >= 1 && setup <= 32 && setup % 2 === 1,
  },
} as const satisfies Record<string, Protocol>

export type ProtocolName = keyof typeof PROTOCOLS

/**
 * Divides clips by a published protocol.
 *
 * @throws OssatureError for an unknown name, a clip whose performer, camera or setup is missing or foreign to the
 * protocol, or an empty part
 */
export function splitByProtocol(entries: readonly ClipEntry[], name: string): Split {
  if (!Object.hasOwn(PROTOCOLS, name)) {
    const expected = Object.keys(PROTOCOLS).join(', ')
    throw new OssatureError('there is no such protocol', { expected, found: `'${name}'` })
  }
  const { field, train, test, description }: Protocol = PROTOCOLS[name as ProtocolName]
  const split = { train: [] as number[], test: [] as number[] }
  for (const [index, { id, meta }] of entries.entries()) {
    const value = meta[field]
    if (value !== undefined && train(value)) split.train.push(index)
    else if (value !== undefined && test(value)) split.test.push(index)
    else {
      throw new OssatureError(`protocol ${name} does not say where the clip belongs`, {
        where: `clip ${id}`,
        expected: description,
        found: value === undefined ? `no ${field}` : `${field} ${value}`,
      })
    }
  }
  for (const [title, part] of [
    ['training', split.train],
    ['test', split.test],
  ] as const) {
    if (part.length === 0) {
      throw new OssatureError(`protocol ${name} leaves the ${title} part empty`, { expected: description })
    }
  }
  return split
}

/**
 * k-fold cross-validation by performer: nobody is in the training and the test part of one fold. The performers with most
 * clips are placed first, each into the fold with fewest clips, so that folds are of about one size.
 *
 * @param folds 2 to the number of performers (then: leave one performer out)
 * @param stream decides among performers with equally many clips; without it, the lower number comes first
 * @throws OssatureError when a clip has no performer or there are fewer performers than folds
 */
export function splitByPerformer(entries: readonly ClipEntry[], folds: number, stream?: RandomStream): Split[] {
  const clips = new Map<number, number[]>()
  for (const [index, { id, meta }] of entries.entries()) {
    if (meta.performer === undefined) throw new OssatureError('the clip has no performer', { where: `clip ${id}` })
    const own = clips.get(meta.performer)
    if (own) own.push(index)
    else clips.set(meta.performer, [index])
  }
  if (!Number.isInteger(folds) || folds < 2 || folds > clips.size) {
    const expected = `2 to ${clips.size}, the number of performers`
    throw new OssatureError('the number of folds does not fit', { expected, found: `${folds}` })
  }
  const performers = [...clips.keys()].sort((a, b) => a - b)
  stream?.shuffle(performers)
  performers.sort((a, b) => clips.get(b)!.length - clips.get(a)!.length)
  const tests: number[][] = Array.from({ length: folds }, () => [])
  for (const performer of performers) {
    const smallest = tests.reduce((least, test) => (test.length < least.length ? test : least))
    smallest.push(...clips.get(performer)!)
  }
  return tests.map((test) => {
    const held = new Set(test)
    return { train: [...entries.keys()].filter((index) => !held.has(index)), test: test.sort((a, b) => a - b) }
  })
}

/**
 * Indices of the clips that a list names, in the order of the list (a published list of training clips, for example).
 *
 * @param where name of the list for messages
 * @throws OssatureError for an id that the data set does not have or that is listed twice
 */
export function selectById(entries: readonly ClipEntry[], ids: readonly string[], where = 'list of clips'): number[] {
  const indices = new Map(entries.map(({ id }, index) => [id, index]))
  return ids.map((id, line) => {
    const index = indices.get(id)
    const place = `${where}, item ${line + 1}`
    if (index === undefined)
      throw new OssatureError(`there is no clip '${id}', or it is listed twice`, { where: place })
    indices.delete(id)
    return index
  })
}
