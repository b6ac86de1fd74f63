import { z } from 'zod'
import { OssatureError } from '../../errors.ts'
import { parseJson } from '../../files/json.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { layoutFromStored } from '../../skeleton/stored-layout.ts'
import type { ClipMeta } from '../clip.ts'
import type { ClipEntry } from '../dataset.ts'
import { recordingsStateSchema } from './recordings-state.ts'

export const STORE_FORMAT = 'ossature-clips'
export const STORE_VERSION = 1

const count = z.int().min(0)
const length = z.int().min(1)
const split = z.strictObject({ train: z.array(count), test: z.array(count) })

/**
 * A column whose items are checked in one loop: the index of 100,000 clips has more than a million of them, for which a
 * schema per item takes most of the time of opening a store.
 */
function column<T>(expected: string, fits: (item: unknown) => boolean): z.ZodType<T[]> {
  return z.custom<T[]>().superRefine((items: unknown, context) => {
    const wrong = Array.isArray(items) ? items.findIndex((item) => !fits(item)) : -1
    if (Array.isArray(items) && wrong < 0) return
    const [path, found] = Array.isArray(items) ? [[wrong], JSON.stringify(items[wrong])] : [[], 'no list']
    context.addIssue({ code: 'custom', path, message: `expected ${expected}, found ${found}` })
  })
}

const isCount = (item: unknown): boolean => Number.isSafeInteger(item) && (item as number) >= 0
const isLength = (item: unknown): boolean => Number.isSafeInteger(item) && (item as number) >= 1
const counts = column<number>('counts', isCount)
const lengths = column<number>('whole numbers from 1', isLength)
const numbers = column<number | null>('whole numbers or null', (item) => item === null || Number.isSafeInteger(item))

/** What is kept of the origin of clips. */
const META = [
  ...['performer', 'camera', 'setup', 'repetition', 'partner'],
  ...['frameRate', 'imageWidth', 'imageHeight'],
] as const satisfies readonly (keyof ClipMeta)[]

/** Columns, one item per clip: smaller and faster to check than one object per clip. */
const columns = z.strictObject({
  id: column<string>('names', (item) => typeof item === 'string' && item.length > 0),
  label: counts,
  persons: lengths,
  frames: lengths,
  /** First element of the clip in the tensor `values`: points (M, T, V, C), then, if scored, confidences (M, T, V). */
  offset: counts,
  scored: column<boolean>('true or false', (item) => typeof item === 'boolean'),
  performer: numbers.optional(),
  camera: numbers.optional(),
  setup: numbers.optional(),
  repetition: numbers.optional(),
  partner: numbers.optional(),
  frameRate: column<number | null>(
    'positive numbers or null',
    (item) => item === null || (Number.isFinite(item) && (item as number) > 0),
  ).optional(),
  imageWidth: column<number | null>(
    'whole numbers from 1 or null',
    (item) => item === null || isLength(item),
  ).optional(),
  imageHeight: column<number | null>(
    'whole numbers from 1 or null',
    (item) => item === null || isLength(item),
  ).optional(),
})

const recordedSchema = z.strictObject({
  /** From the folder of the store, with `/`. */
  path: z.string().min(1),
  ...recordingsStateSchema.shape,
})

const schema = z.strictObject({
  format: z.literal(STORE_FORMAT),
  version: z.literal(STORE_VERSION),
  name: z.string(),
  layout: z.string().min(1),
  /** The layout itself, where it is none of the published ones; see `layoutFromStored`. */
  ownLayout: z.unknown().optional(),
  classes: z.array(z.string()).min(1),
  joints: length,
  channels: length,
  /** Elements of the tensor `values`. */
  values: count,
  clips: columns,
  splits: z.record(z.string(), split).optional(),
  /** Names by number, see `Dataset`. */
  performers: z.array(z.string()).optional(),
  notes: z.array(z.string()).optional(),
  /** The recordings as they were when they were imported. */
  recordings: recordedSchema.optional(),
})

/** Contents of a store's `index.json`. */
export type StoreIndex = Omit<z.infer<typeof schema>, 'ownLayout'> & { readonly ownLayout?: Layout }

type Columns = Required<StoreIndex['clips']>

/** Columns to which clips are appended. */
export function emptyColumns(): Columns {
  const names = Object.keys(columns.shape) as (keyof Columns)[]
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Columns
}

/** @param offset first element of the clip in `values` */
export function appendEntry(
  clips: Columns,
  { id, label, persons, frames, meta }: ClipEntry,
  offset: number,
  scored: boolean,
) {
  clips.id.push(id)
  clips.label.push(label)
  clips.persons.push(persons)
  clips.frames.push(frames)
  clips.offset.push(offset)
  clips.scored.push(scored)
  for (const field of META) clips[field].push(meta[field] ?? null)
}

/** The columns without those that say nothing of any clip: they would take as long to read as the others. */
export function filledColumns(clips: Columns): StoreIndex['clips'] {
  const silent = new Set<string>(META.filter((field) => clips[field].every((item) => item === null)))
  return Object.fromEntries(Object.entries(clips).filter(([name]) => !silent.has(name))) as StoreIndex['clips']
}

/** The clips of an index. */
export function entriesOf(clips: StoreIndex['clips']): ClipEntry[] {
  return clips.id.map((id, i) => ({
    id,
    label: clips.label[i],
    persons: clips.persons[i],
    frames: clips.frames[i],
    meta: metaOf(clips, i),
  }))
}

function metaOf(clips: StoreIndex['clips'], i: number): ClipMeta {
  const meta: ClipMeta = {}
  for (const field of META) {
    const value = clips[field]?.[i] ?? undefined
    if (value !== undefined) meta[field] = value
  }
  return meta
}

/** Elements that clip `i` takes in the tensor `values`. */
export function clipLength({ clips, joints, channels }: StoreIndex, i: number): number {
  return clips.persons[i] * clips.frames[i] * joints * (channels + (clips.scored[i] ? 1 : 0))
}

/**
 * Parses and checks an `index.json`: the schema, columns of one length, labels below the number of classes, ids that are
 * unique, clips one after the other in `values`.
 *
 * @throws OssatureError
 */
export function parseStoreIndex(bytes: Uint8Array, where: string): StoreIndex {
  const content = parseJson(bytes, where)
  const version = (content as { version?: unknown } | null)?.version
  if (isStoreIndex(content) && typeof version === 'number' && version > STORE_VERSION) {
    throw new OssatureError('the clip store was written by a newer version of this program', {
      where,
      expected: `format version ${STORE_VERSION}`,
      found: `version ${version}`,
      hint: 'Update this program or import the data again.',
    })
  }
  const parsed = schema.safeParse(content)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]
    throw invalid(where, path.length ? `${path.join('.')}: ${message}` : message)
  }
  const { ownLayout, ...rest } = parsed.data
  const index: StoreIndex = { ...rest, ...(ownLayout !== undefined && { ownLayout: layoutOf(ownLayout, rest, where) }) }
  checkClips(index, where)
  return index
}

/** Whether a JSON value claims to be the index of a clip store. */
export function isStoreIndex(content: unknown): boolean {
  return typeof content === 'object' && content !== null && (content as { format?: unknown }).format === STORE_FORMAT
}

function layoutOf(stored: unknown, { layout, joints, channels }: Omit<StoreIndex, 'ownLayout'>, where: string): Layout {
  const own = layoutFromStored(stored, `${where}, ownLayout`)
  if (own.name === layout && own.joints.length === joints && own.dimensions <= channels) return own
  throw invalid(
    where,
    `a layout ${own.name} of ${own.joints.length} joints for clips of layout ${layout} with ${joints}`,
  )
}

function checkClips(index: StoreIndex, where: string): void {
  const { clips, classes, values, splits = {} } = index
  const total = clips.id.length
  if (total === 0) throw invalid(where, 'no clips')
  for (const [name, column] of Object.entries(clips)) {
    if (column.length !== total) throw invalid(where, `${column.length} items in clips.${name}, ${total} in clips.id`)
  }
  const ids = new Set<string>()
  let next = 0
  for (let i = 0; i < total; i++) {
    const id = clips.id[i]
    if (ids.has(id)) throw invalid(where, `clip '${id}' twice`)
    ids.add(id)
    if (clips.label[i] >= classes.length) throw invalid(where, `label ${clips.label[i]} of clip '${id}'`)
    if (clips.offset[i] !== next) throw invalid(where, `offset ${clips.offset[i]} of clip '${id}', not ${next}`)
    next += clipLength(index, i)
    if (next > values) break
  }
  for (const [name, { train, test }] of Object.entries(splits)) {
    const wrong = [...train, ...test].find((clip) => clip >= total)
    if (wrong !== undefined) throw invalid(where, `clip number ${wrong} in split '${name}'`)
  }
  if (next !== values) throw invalid(where, `${values} values for clips that need ${next} or more`)
}

function invalid(where: string, found: string): OssatureError {
  return new OssatureError('the index of the clip store is damaged', {
    where,
    found,
    hint: 'Import the data again.',
  })
}
