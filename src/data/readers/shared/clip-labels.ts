import { OssatureError, shortList } from '../../../errors.ts'
import { type CsvRow, parseCsv } from '../../../files/csv.ts'
import { textLines } from '../../../files/decode-text.ts'
import { baseName } from '../../../files/file-name.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { ClipMeta } from '../../clip.ts'
import type { Split } from '../../splits/split.ts'
import { type ClassOrigin, labelsOfFiles } from './label-of-file.ts'

const TABLE = 'labels.csv'
const CLASSES = 'classes.txt'
const COLUMNS = ['clip', 'label', 'split', 'performer', 'partner', 'camera', 'setup', 'repetition', 'frameRate']

/** What is known about the clips beside their points. */
export interface ClipLabels {
  readonly classes: readonly string[]
  readonly notes: readonly string[]
  /** Names of performers and partners by their number, where `labels.csv` names people. */
  readonly performers?: readonly string[]
  /** Class index and origin of a clip by its id. */
  readonly of: (id: string) => { readonly label: number; readonly meta: ClipMeta }
  /** Ids of clips by the part that `labels.csv` puts them in. */
  readonly parts?: Readonly<Record<keyof Split, ReadonlySet<string>>>
}

/** Whose labels are asked for. */
export interface NamedClip {
  readonly id: string
  /** From the folder or archive's root, without ending. */
  readonly path: string
}

interface LabelledClip {
  readonly name: string
  readonly meta: ClipMeta
  readonly part?: string
}

/** Whether a file tells about clips instead of being one. */
export function isAboutClips(name: string): boolean {
  return [TABLE, CLASSES, 'layout.json'].includes(baseName(name))
}

/**
 * The classes of clips. A file `labels.csv` decides, with a header and the columns `clip` (path of the clip from the folder
 * of the table, or its id, with or without ending) and `label` (name of the class), and, as needed, `split` (train or test), `performer`, `partner`,
 * `camera`, `setup`, `repetition` (integers), `frameRate`. Performers and partners may have names instead: where one of
 * both columns is no number, what stands in them is sorted as text and numbered from 0. Without a table, the class is the name of the folder that a clip lies
 * in, or how its own name begins. A file `classes.txt`, a name per line, puts the classes in order; otherwise they are
 * sorted.
 *
 * @param origin `folder` or `name`: what tells the classes whether or not there is a table, which is then not read
 * @throws OssatureError naming the line, or the clip that has no label
 */
export function labelsOfClips(
  files: readonly NamedFile[],
  clips: readonly NamedClip[],
  where: string,
  origin: ClassOrigin = 'auto',
): ClipLabels {
  const ids = clips.map(({ id }) => id)
  const table = origin === 'auto' ? fileCalled(files, TABLE, where) : undefined
  const order = fileCalled(files, CLASSES, where)
  const listed = order && classesIn(order)
  if (!table) {
    const { classes, labelOf } = labelsOfFiles(ids, origin)
    const names = listed ?? classes
    const guessed = `There is no ${TABLE}: classes were taken from the names of folders or files.`
    const notes = origin === 'auto' ? [guessed] : []
    return { classes: names, notes, of: (id) => ({ label: indexOf(names, classes[labelOf(id)], id), meta: {} }) }
  }
  const { rows, performers } = readTable(table, clips)
  const classes = listed ?? sortedNames(new Set(Array.from(rows.values(), ({ name }) => name)))
  const unlabelled = ids.filter((id) => !rows.has(id))
  if (unlabelled.length > 0) {
    const many = unlabelled.length > 1
    throw new OssatureError(
      many ? `${unlabelled.length} clips have no label` : `clip '${unlabelled[0]}' has no label`,
      {
        where: table.where,
        expected: 'a line for every clip',
        found: many ? `none for ${shortList(unlabelled, 20)}` : undefined,
      },
    )
  }
  const partOf = (part: string) => new Set(ids.filter((id) => rows.get(id)!.part === part))
  const divided = ids.some((id) => rows.get(id)!.part !== undefined)
  return {
    classes,
    notes: [],
    ...(performers && { performers }),
    of: (id) => ({ label: indexOf(classes, rows.get(id)!.name, id), meta: rows.get(id)!.meta }),
    ...(divided && { parts: { train: partOf('train'), test: partOf('test') } }),
  }
}

interface LabelTable {
  /** By the id of the clip. */
  readonly rows: ReadonlyMap<string, LabelledClip>
  readonly performers?: readonly string[]
}

function readTable(file: NamedFile, clips: readonly NamedClip[]): LabelTable {
  const [header, ...rows] = parseCsv(file.bytes(), file.where)
  const columns = header?.fields ?? []
  const unknown = columns.find((name, i) => !COLUMNS.includes(name) || columns.indexOf(name) !== i)
  if (unknown !== undefined || !columns.includes('clip') || !columns.includes('label')) {
    throw new OssatureError('the first line does not name the columns', {
      where: `${file.where}, line 1`,
      expected: `clip, label and, as needed, ${COLUMNS.slice(2).join(', ')}`,
      found: shortList(columns, 12) || 'nothing',
    })
  }
  const idOf = idsByPath(clips, file.name.slice(0, -TABLE.length))
  const performers = namesOfPeople(rows, columns)
  const labelled = new Map<string, LabelledClip>()
  for (const row of rows) {
    const place = `${file.where}, line ${row.line}`
    const value = (column: string) => row.fields[columns.indexOf(column)] || undefined
    const path = value('clip') ?? ''
    const id = idOf(path)
    if (id === undefined) {
      const expected = `a path such as ${clips[0].id}`
      throw new OssatureError(`there is no clip '${path.slice(0, 100)}'`, { where: place, expected })
    }
    if (labelled.has(id)) throw new OssatureError(`clip '${id}' has two labels`, { where: place })
    const name = value('label')
    if (name === undefined) throw new OssatureError(`clip '${id}' has no label`, { where: place })
    labelled.set(id, { name, meta: metaOf(row, columns, performers, place), part: partOf(value('split'), place) })
  }
  return { rows: labelled, performers }
}

/**
 * The id of the clip that a path means: the path is from a folder, or the id itself; with or without ending, and as Windows
 * writes it (`wave\\1.csv`).
 */
function idsByPath(clips: readonly NamedClip[], folder: string): (path: string) => string | undefined {
  const inside = clips.filter(({ path }) => path.startsWith(folder))
  const ids = new Map([
    ...inside.map(({ id, path }) => [path.slice(folder.length), id] as const),
    ...clips.map(({ id }) => [id, id] as const),
  ])
  return (path) => {
    const plain = path.replaceAll('\\', '/').replace(/^\.\//, '')
    const spellings = [path, plain].flatMap((spelling) => [spelling, spelling.replace(/\.[^./]*$/, '')])
    return spellings.map((spelling) => ids.get(spelling)).find((id) => id !== undefined)
  }
}

const PEOPLE: readonly string[] = ['performer', 'partner']
const COUNT = /^\d{1,9}$/

/** Everybody in the columns of people, sorted; undefined where they are numbered. */
function namesOfPeople(rows: readonly CsvRow[], columns: readonly string[]): string[] | undefined {
  const places = PEOPLE.map((column) => columns.indexOf(column))
  const people = new Set(rows.flatMap(({ fields }) => places.map((place) => fields[place] ?? '')))
  people.delete('')
  return [...people].every((person) => COUNT.test(person)) ? undefined : [...people].sort()
}

function metaOf(
  { fields }: CsvRow,
  columns: readonly string[],
  performers: readonly string[] | undefined,
  where: string,
): ClipMeta {
  const meta: ClipMeta = {}
  for (const column of ['performer', 'partner', 'camera', 'setup', 'repetition', 'frameRate'] as const) {
    const text = fields[columns.indexOf(column)]
    if (!text) continue
    meta[column] = performers && PEOPLE.includes(column) ? performers.indexOf(text) : numberIn(text, column, where)
  }
  return meta
}

function numberIn(text: string, column: string, where: string): number {
  const isRate = column === 'frameRate'
  if (isRate ? /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 : COUNT.test(text)) return Number(text)
  throw new OssatureError(`${column} is not a number`, {
    where,
    expected: isRate ? 'a number above 0' : 'an integer from 0',
    found: `'${text.slice(0, 40)}'`,
    hint: isRate ? undefined : 'Number them: 0 for the first, 1 for the next.',
  })
}

function partOf(text: string | undefined, where: string): string | undefined {
  if (text === undefined || text === 'train' || text === 'test') return text
  throw new OssatureError('there is no such part', { where, expected: 'train, test or nothing', found: `'${text}'` })
}

/** The file of this name, wherever it lies. @throws OssatureError when there are several */
function fileCalled(files: readonly NamedFile[], called: string, where: string): NamedFile | undefined {
  const found = files.filter(({ name }) => name === called || name.endsWith(`/${called}`))
  if (found.length <= 1) return found[0]
  throw new OssatureError(`there are ${found.length} files ${called}`, {
    where,
    expected: 'one',
    found: shortList(found.map(({ name }) => name)),
  })
}

function classesIn(file: NamedFile): string[] {
  const names = textLines(file.bytes(), file.where)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new OssatureError(`class '${twice}' stands there twice`, { where: file.where })
  return names
}

/** Numbers by value, everything else as text. */
function sortedNames(names: ReadonlySet<string>): string[] {
  const numbers = [...names].every((name) => COUNT.test(name))
  return [...names].sort(numbers ? (a, b) => Number(a) - Number(b) : undefined)
}

function indexOf(classes: readonly string[], name: string, id: string): number {
  const index = classes.indexOf(name)
  if (index >= 0) return index
  const expected = `one of ${classes.slice(0, 20).join(', ')}`
  throw new OssatureError('the class is not listed', { where: CLASSES, expected, found: `'${name}', clip ${id}` })
}
