import { OssatureError, shortList } from '../../errors.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import { type ClassChoice, chooseClassesOf } from '../classes/class-choice.ts'
import { type ClipMeta, ORIGINS } from '../clip.ts'
import type { Dataset } from '../dataset.ts'
import { divideByList } from './divide-by-list.ts'
import { divideByProtocol, fittingProtocols } from './divide-by-protocol.ts'
import type { Division } from './division.ts'
import { leaveOut, splitByClip, splitByField } from './folds.ts'
import type { Split } from './split.ts'
import { filledSplit, PROTOCOLS } from './splits.ts'

export type { Division } from './division.ts'

/** Ways to divide any data set; a name and what follows its colon. */
export const GENERAL_SPLITS: Readonly<Record<string, string>> = {
  'leave-out:FIELD=VALUE': 'the clips of one performer (number or name), camera, setup, ... test',
  'folds:FIELD:FOLD/FOLDS': 'folds of whole performers, setups, ...; nobody is in both parts',
  'folds:clip:FOLD/FOLDS': 'folds of single clips with equal shares of each class',
  'list:FILE.yaml':
    'names of clips under train and test, as `ossature data split` and `data cut` write them; .json as well',
  'list:TRAIN.txt[,TEST.txt]': 'names of clips, one per line; without a second list the rest tests',
}

/**
 * Divides a data set as a name says: a division that came with the data, a published protocol (`PROTOCOLS`, `NAME` or
 * `NAME:FOLD`) or one of `GENERAL_SPLITS`.
 *
 * @param seed of the folds
 * @param classes some of the classes; the clips of the others are left out of the parts that they would be in
 * @throws OssatureError for an unknown name, clips that lack what the division needs, an unknown class, or an empty part
 */
export function divideByName(
  dataset: Dataset,
  name: string,
  { seed = 0, classes }: { seed?: number; classes?: ClassChoice } = {},
): Division {
  const division = dividedByName(dataset, name, seed)
  return classes === undefined ? division : chooseClassesOf(division, classes)
}

function dividedByName(dataset: Dataset, name: string, seed: number): Division {
  const { splits = {}, entries } = dataset
  if (Object.hasOwn(splits, name)) {
    const split = filledSplit(splits[name], `split ${name}`, 'clips for training and for testing')
    return { dataset, ...split, crossSubject: /subject|xsub/i.test(name) }
  }
  const [kind, ...rest] = name.split(':')
  const argument = rest.join(':')
  if (kind === 'leave-out') {
    const match = /^(\w+)=(.+)$/s.exec(argument)
    const field = fieldNamed(match?.[1], name)
    return {
      dataset,
      ...leaveOut(entries, field, numberMeant(dataset, field, match![2])),
      crossSubject: field === 'performer',
    }
  }
  if (kind === 'folds') return { dataset, ...foldOf(dataset, argument, seed) }
  if (kind === 'list') return divideByList(dataset, argument)
  if (Object.hasOwn(PROTOCOLS, kind)) return divideByProtocol(dataset, name)
  throw new OssatureError('there is no such way to divide the data', {
    where: dataset.name,
    expected: waysOf(dataset),
    found: `'${name}'`,
    hint: '`ossature data split SOURCE --list` describes them.',
  })
}

/** What was made for the data comes first. */
function waysOf(dataset: Dataset): string {
  const fitting = fittingProtocols(dataset)
  const namesOf = (meant: boolean) => fitting.filter((protocol) => protocol.meant === meant).map(({ name }) => name)
  const ways = [...Object.keys(dataset.splits ?? {}), ...namesOf(true), ...Object.keys(GENERAL_SPLITS)].join(', ')
  const others = namesOf(false)
  return others.length > 0 ? `${ways}; made for other data: ${others.join(', ')}` : ways
}

function foldOf(dataset: Dataset, argument: string, seed: number): Split & { crossSubject: boolean } {
  const match = /^(\w+):(\d+)\/(\d+)$/.exec(argument)
  const [fold, folds] = [Number(match?.[2]), Number(match?.[3])]
  const stream = new CounterStream(seed).fork('folds')
  const byClip = match?.[1] === 'clip'
  const field = byClip ? undefined : fieldNamed(match?.[1], `folds:${argument}`)
  if (fold < 1 || fold > folds) {
    throw new OssatureError('there is no such fold', { expected: `1 to ${folds}`, found: `${fold}` })
  }
  const all = field ? splitByField(dataset.entries, field, folds, stream) : splitByClip(dataset.entries, folds, stream)
  return { ...all[fold - 1], crossSubject: field === 'performer' }
}

/** The number that a text means: itself, or that of the performer of this name. */
function numberMeant({ name, performers = [] }: Dataset, field: keyof ClipMeta, text: string): number {
  const named = field === 'performer' || field === 'partner' ? performers : []
  const person = named.indexOf(text)
  if (person >= 0) return person
  if (/^\d+$/.test(text)) return Number(text)
  throw new OssatureError(`there is no such ${field}`, {
    where: name,
    expected: named.length > 0 ? shortList(named, 20) : 'a number',
    found: `'${text.slice(0, 100)}'`,
  })
}

function fieldNamed(field: string | undefined, name: string): keyof ClipMeta {
  if (field !== undefined && (ORIGINS as readonly string[]).includes(field)) return field as keyof ClipMeta
  throw new OssatureError('the division is not complete', {
    expected: `${Object.keys(GENERAL_SPLITS).join(', ')}; FIELD is one of ${ORIGINS.join(', ')}`,
    found: `'${name}'`,
  })
}
