import { z } from 'zod'
import { OssatureError } from '../../../errors.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { Dataset } from '../../dataset.ts'
import type { Split } from '../../splits/split.ts'
import { defineReader, type OnDamaged, type Reader } from '../reader.ts'
import { isAboutClips, labelsOfClips } from './clip-labels.ts'
import { datasetOfSources } from './clip-sources.ts'
import type { PoseClip } from './detected-poses.ts'
import { type ClassOrigin, classOrigins } from './label-of-file.ts'

/** How a recording tool writes one clip; it does not know of classes. */
export interface ClipFormat {
  readonly name: string
  /** One sentence for help texts: which files. */
  readonly description: string
  /** Whether a clip is one file, or a folder with a file per frame. */
  readonly unit: 'file' | 'folder'
  /** Whether a file has a name of this format. */
  named(name: string): boolean
  /** Whether a file that is named so is of this format, by its beginning. */
  begins(file: NamedFile): boolean
  /**
   * One clip, of one file or of a folder's files in the order of their names.
   * @throws OssatureError naming file, frame and joint
   */
  read(files: readonly NamedFile[], where: string): PoseClip
}

/** A clip that lies in files, not read yet. */
export interface ClipFiles {
  /** Path without ending, from the folder that all clips lie in. */
  readonly id: string
  readonly where: string
  read(): PoseClip
}

/** Options of readers of clips that do not know their classes. */
export const classOptions = z.object({
  classes: z
    .enum(classOrigins)
    .default('auto')
    .describe(
      'what tells the class of a clip: its folder or how its name begins; auto: labels.csv, else the folders where there are several, else the names',
    ),
})

/** The reader of a folder or archive whose clips are all of one format. */
export function readerOfFormat(format: ClipFormat): Reader {
  return defineReader({
    name: format.name,
    description: format.description,
    recognises(files) {
      const first = files.find(({ name }) => format.named(name) && !isAboutClips(name))
      return first !== undefined && format.begins(first)
    },
    options: classOptions,
    read(files, where, options, onDamaged) {
      const own = files.filter(({ name }) => format.named(name) && !isAboutClips(name))
      return labelledDataset(format.name, clipsOfFormat(format, own), files, where, options?.classes, onDamaged)
    },
  })
}

/** The clips of files that are all of one format. */
export function clipsOfFormat(format: ClipFormat, files: readonly NamedFile[]): ClipFiles[] {
  const groups = new Map<string, NamedFile[]>()
  for (const file of files) {
    const end = format.unit === 'folder' ? file.name.lastIndexOf('/') : endOfStem(file.name)
    const id = file.name.slice(0, Math.max(end, 0)) || 'clip'
    const group = groups.get(id)
    if (group) group.push(file)
    else groups.set(id, [file])
  }
  return Array.from(groups, ([id, group]) => {
    if (format.unit === 'file' && group.length > 1) {
      throw new OssatureError(`there are two clips '${id}'`, { where: group[0].where, found: group[1].where })
    }
    const place = group[0].where
    const where = format.unit === 'folder' ? place.slice(0, Math.max(place.lastIndexOf('/'), 0)) || place : place
    return { id, where, read: () => format.read(group, where) }
  })
}

/**
 * Clips with the classes that their folders or `labels.csv` give them, see `labelsOfClips`.
 * @param files all files, among which that table is
 */
export function labelledDataset(
  name: string,
  clips: readonly ClipFiles[],
  files: readonly NamedFile[],
  where: string,
  origin?: ClassOrigin,
  onDamaged?: OnDamaged,
): Dataset {
  if (clips.length === 0) throw new OssatureError('there are no clips here', { where })
  const skipped = commonFolder(clips.map(({ id }) => id))
  const named = clips.map((clip) => ({ ...clip, id: clip.id.slice(skipped.length), path: clip.id }))
  const { classes, notes, performers, of, parts } = labelsOfClips(files, named, where, origin)
  const sources = named.map(({ id, where: place, read }) => ({
    where: place,
    read(): Clip {
      const { meta, ...poses } = read()
      const known = of(id)
      return { id, label: known.label, ...poses, meta: { ...meta, ...known.meta } }
    },
  }))
  const dataset = datasetOfSources(name, classes, sources, where, { onDamaged })
  const listed = dataset.entries.map(({ id }) => id)
  const indices = (part: keyof Split) => listed.flatMap((id, i) => (parts?.[part].has(id) ? [i] : []))
  const splits = parts && { splits: { labels: { train: indices('train'), test: indices('test') } } }
  return { ...dataset, ...splits, ...(performers && { performers }), ...(notes.length > 0 && { notes }) }
}

/** The folders that all clips lie in but for the last, which may be a class; with `/` at the end. */
function commonFolder(ids: readonly string[]): string {
  const folders = ids.map((id) => id.split('/').slice(0, -2))
  let common = folders[0]
  for (const folder of folders) {
    const differs = common.findIndex((part, i) => folder[i] !== part)
    if (differs >= 0) common = common.slice(0, differs)
  }
  return common.map((part) => `${part}/`).join('')
}

/** Where the ending of a file name begins. */
function endOfStem(name: string): number {
  const dot = name.lastIndexOf('.')
  return dot > name.lastIndexOf('/') + 1 ? dot : name.length
}
