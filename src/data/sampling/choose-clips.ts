import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'
import { classLabel } from '../classes/class-label.ts'
import type { Dataset } from '../dataset.ts'
import { selectById } from '../splits/lists.ts'

/** Which clips to look at. */
export interface ClipChoice {
  /** These and no others. */
  readonly ids?: readonly string[]
  /** Only clips of this class, by its name or number. */
  readonly label?: string
  /** At most so many, taken from the classes in turn. */
  readonly count: number
}

/**
 * Indices of some clips, class after class; those of a class are drawn at random.
 * @throws OssatureError for an unknown clip or class, or a class without clips
 */
export function chooseClips(dataset: Dataset, { ids, label, count }: ClipChoice, stream: RandomStream): number[] {
  const { entries, classes, name } = dataset
  if (ids !== undefined) return selectById(entries, ids, 'the choice of clips')
  const wanted = label === undefined ? undefined : classLabel(dataset, label)
  const ofClass = classes
    .map((_, own) => own)
    .filter((own) => wanted === undefined || own === wanted)
    .map((own) => stream.fork(own).shuffle([...entries.keys()].filter((index) => entries[index].label === own)))
  const chosen: number[] = []
  const longest = Math.max(...ofClass.map((clips) => clips.length))
  for (let turn = 0; turn < longest; turn++) chosen.push(...ofClass.flatMap((clips) => clips[turn] ?? []))
  if (chosen.length === 0) throw new OssatureError('the class has no clips', { where: name, found: `'${label}'` })
  return chosen.slice(0, count).sort((a, b) => entries[a].label - entries[b].label || a - b)
}
