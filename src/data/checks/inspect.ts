import { shortList } from '../../errors.ts'
import { type ClipMeta, ORIGINS } from '../clip.ts'
import type { Dataset } from '../dataset.ts'
import { surveyClips } from './clip-survey.ts'

/** The size of a data set at a glance. */
export interface Inspection {
  readonly name: string
  readonly layout: string
  readonly joints: number
  readonly channels: number
  readonly clips: number
  readonly frames: {
    readonly total: number
    readonly shortest: number
    readonly median: number
    readonly longest: number
  }
  /** Clips by number of persons. */
  readonly persons: Readonly<Record<string, number>>
  readonly classes: readonly { readonly name: string; readonly clips: number }[]
  /** Largest over smallest class that has clips. */
  readonly imbalance: number
  /** How many different performers, cameras, ... there are; only what the data state. */
  readonly origins: Readonly<Partial<Record<keyof ClipMeta, number>>>
  /** Names of performers and partners by number, where they have some. */
  readonly performers?: readonly string[]
  /** By joint, in how great a share of the frames of persons who are there it is at 0. */
  readonly missing: readonly number[]
  readonly splits: Readonly<Record<string, { readonly train: number; readonly test: number }>>
  readonly notes: readonly string[]
}

/** Counts, lengths, class balance and missing joints. Every clip is read once. @throws OssatureError */
export function inspectDataset(dataset: Dataset, onClip?: (done: number) => void): Inspection {
  const { name, layout, joints, channels, entries, classes } = dataset
  const surveys = surveyClips(dataset, onClip)
  const lengths = entries.map(({ frames }) => frames).sort((a, b) => a - b)
  const counts = classes.map((title, label) => ({
    name: title,
    clips: entries.filter((entry) => entry.label === label).length,
  }))
  const used = counts.map(({ clips }) => clips).filter((clips) => clips > 0)
  const present = surveys.reduce((sum, { presentFrames }) => sum + presentFrames, 0)
  const missing = Array.from({ length: joints }, (_, joint) => {
    const count = surveys.reduce((sum, survey) => sum + survey.missing[joint], 0)
    return present > 0 ? count / present : 0
  })
  const persons: Record<string, number> = {}
  for (const entry of entries) persons[entry.persons] = (persons[entry.persons] ?? 0) + 1
  const origins = ORIGINS.flatMap((field): [keyof ClipMeta, number][] => {
    const values = new Set(entries.flatMap(({ meta }) => meta[field] ?? []))
    return values.size > 0 ? [[field, values.size]] : []
  })
  const splits = Object.entries(dataset.splits ?? {}).map(([title, { train, test }]) => [
    title,
    { train: train.length, test: test.length },
  ])
  return {
    ...{ name, layout, joints, channels, clips: entries.length },
    frames: {
      total: lengths.reduce((sum, frames) => sum + frames, 0),
      shortest: lengths[0] ?? 0,
      median: lengths[Math.floor(lengths.length / 2)] ?? 0,
      longest: lengths.at(-1) ?? 0,
    },
    persons,
    classes: counts,
    imbalance: used.length > 0 ? Math.max(...used) / Math.min(...used) : 1,
    origins: Object.fromEntries(origins),
    ...(dataset.performers && { performers: dataset.performers }),
    missing,
    splits: Object.fromEntries(splits),
    notes: dataset.notes ?? [],
  }
}

/** An inspection as text for a terminal. @param jointNames by joint, where they are known */
export function formatInspection(inspection: Inspection, jointNames: readonly string[] = []): string {
  const { name, layout, joints, channels, clips, frames, persons, classes, imbalance, origins, missing } = inspection
  const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
  const rows: [string, string][] = [
    ['data set', name],
    ['skeleton', `${layout}, ${joints} joints, ${channels} coordinates`],
    ['clips', `${clips} in ${classes.length} classes, the largest ${imbalance.toFixed(1)} times the smallest`],
    ['frames', `${frames.total}; per clip ${frames.shortest} to ${frames.longest}, median ${frames.median}`],
    [
      'persons',
      Object.entries(persons)
        .map(([count, number]) => `${count} in ${many(number, 'clip')}`)
        .join(', '),
    ],
    [
      'origin',
      Object.entries(origins)
        .map(([field, count]) => `${field}: ${count}`)
        .join(', ') || 'not stated',
    ],
    ...(inspection.performers ? [people(inspection.performers)] : []),
    ...Object.entries(inspection.splits).map(([title, { train, test }]): [string, string] => [
      'split',
      `${title}: ${train} train, ${test} test`,
    ]),
  ]
  const most = Math.max(...classes.map((title) => title.clips), 1)
  const width = Math.max(...classes.map((title) => title.name.length), 1)
  const bars = classes.map(
    (title) =>
      `  ${title.name.padEnd(width)} ${String(title.clips).padStart(6)} ${'#'.repeat(Math.ceil((30 * title.clips) / most))}`,
  )
  const gaps = missing
    .map((share, joint) => ({ share, title: jointNames[joint] ? `${joint} ${jointNames[joint]}` : `${joint}` }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
  const percent = (share: number) => (share < 0.0005 ? 'less than 0.1 %' : `${(100 * share).toFixed(1)} %`)
  const listed = gaps.slice(0, 10).map(({ share, title }) => `  ${title}: ${percent(share)}`)
  return [
    ...rows.map(([title, text]) => `${title.padEnd(9)} ${text}`),
    ...['', 'clips per class', ...bars],
    ...(listed.length > 0 ? ['', 'joints that are missing most often', ...listed] : ['', 'no joint is ever missing']),
    ...(inspection.notes.length > 0 ? ['', ...inspection.notes] : []),
  ].join('\n')
}

function people(performers: readonly string[]): [string, string] {
  return [
    'people',
    shortList(
      performers.map((name, number) => `${number} ${name}`),
      40,
    ),
  ]
}
