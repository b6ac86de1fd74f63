import { OssatureError } from '../../../errors.ts'
import type { Clip } from '../../clip.ts'
import { type ClipEntry, checkedIndex, checkSameLayout, copyOfClip, type Dataset, entryOf } from '../../dataset.ts'
import type { OnDamaged } from '../reader.ts'

/** A clip that lies in files. */
export interface ClipSource {
  /** For messages: which file. */
  readonly where: string
  /** Reads the clip, and gives a new one each time. @throws OssatureError */
  read(): Clip
}

/** Points that a data set keeps in memory; clips beyond are read again when they are asked for. */
const KEPT_BYTES = 2 ** 30

/** How the clips of a data set are read. */
export interface ClipReading {
  /** Bytes of points that stay in memory; clips beyond are read again when they are asked for. */
  readonly keptBytes?: number
  /** Is told of each clip that cannot be read, which is then left out; without it such clips are refused. */
  readonly onDamaged?: OnDamaged
}

/**
 * A data set over files. Every clip is read once here, so that damage shows before a training begins and `entries` are
 * complete. Clips are sorted by id.
 *
 * @param where name of the folder or archive for messages
 * @throws OssatureError when there are no clips, some are damaged, an id stands twice, or clips differ in layout, joints
 *   or channels
 */
export function datasetOfSources(
  name: string,
  classes: readonly string[],
  sources: readonly ClipSource[],
  where: string,
  { keptBytes = KEPT_BYTES, onDamaged }: ClipReading = {},
): Dataset {
  if (sources.length === 0) throw new OssatureError('there are no clips here', { where })
  const files = new Map<string, string>()
  let room = keptBytes
  let first: Clip | undefined
  const damaged = new DamagedClips(sources.length, where)
  const clips = sources.flatMap((source) => {
    const clip = unlessDamaged(source, onDamaged ?? ((error) => damaged.add(error)))
    if (!clip) return []
    const other = files.get(clip.id)
    if (other !== undefined) {
      const found = `${other} and ${source.where}`
      throw new OssatureError(`there are two clips '${clip.id}'`, { where, found })
    }
    files.set(clip.id, source.where)
    first ??= clip
    const { layout, points } = first
    checkSameLayout(clip, { layout, ...points }, source.where, `as in clip ${first.id}`)
    room -= clip.points.data.byteLength + (clip.score?.byteLength ?? 0)
    return [{ entry: entryOf(clip), source, kept: room >= 0 ? clip : undefined }]
  })
  damaged.refuse()
  if (clips.length === 0) throw new OssatureError('no clip can be read', { where, found: `${sources.length} damaged` })
  clips.sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1))
  return {
    name,
    layout: first!.layout,
    classes,
    joints: first!.points.joints,
    channels: first!.points.channels,
    entries: clips.map(({ entry }) => entry),
    clip(index) {
      const { entry, source, kept } = clips[checkedIndex(name, index, clips.length)]
      if (kept) return copyOfClip(kept)
      const clip = source.read()
      checkUnchanged(clip, entry, source.where)
      return clip
    },
  }
}

function checkUnchanged({ points }: Clip, entry: ClipEntry, where: string): void {
  if (points.persons === entry.persons && points.frames === entry.frames) return
  throw new OssatureError('the file has changed since the data set was opened', { where, hint: 'Open it again.' })
}

function unlessDamaged(source: ClipSource, onDamaged: OnDamaged): Clip | undefined {
  try {
    return source.read()
  } catch (error) {
    if (!(error instanceof OssatureError)) throw error
    onDamaged(error, source.where)
    return undefined
  }
}

/** So many damaged clips are named at once; then nothing more is read. */
const NAMED = 10

const SKIPPING = '`ossature data import SOURCE STORE --skip-damaged`'

/** Clips that cannot be read, to name them together: who mends one wants to know of the others. */
class DamagedClips {
  private readonly errors: OssatureError[] = []
  private readonly all: number
  private readonly where: string

  constructor(all: number, where: string) {
    this.all = all
    this.where = where
  }

  /** @throws OssatureError as `refuse`, when so many are known that no more need be read */
  add(error: OssatureError): void {
    this.errors.push(error)
    if (this.errors.length >= NAMED) this.refuse()
  }

  /** @throws OssatureError with the errors of all of them */
  refuse(): void {
    const { errors, all, where } = this
    if (errors.length === 0) return
    if (all === 1) throw errors[0]
    if (errors.length === 1) throw new OssatureError(`${errors[0].message}\n  Without this file: ${SKIPPING}.`)
    const count = errors.length < NAMED ? errors.length : `at least ${NAMED}`
    const each = errors.map(({ message }) => `  ${message.replaceAll('\n', '\n  ')}`)
    throw new OssatureError([`${count} of ${all} clips cannot be read:`, ...each].join('\n'), {
      where,
      hint: `Mend these files, or move them out of the recordings. Without them: ${SKIPPING}.`,
    })
  }
}
