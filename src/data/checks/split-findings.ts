import type { Dataset } from '../dataset.ts'
import type { Split } from '../splits/split.ts'
import type { ClipSurvey } from './clip-survey.ts'
import { type Finding, present } from './findings.ts'
import { sharedPerformers, unknownPerformers } from './performer-findings.ts'
import { sameContent } from './point-findings.ts'

type Known = Pick<Dataset, 'name' | 'classes' | 'entries' | 'performers'>

export interface SplitCheck {
  /** Performers must not be in both parts. */
  readonly crossSubject?: boolean
  /** Name of the division, see `divideByName`. */
  readonly protocol?: string
  /** Of the clips, to find the same content in both parts. */
  readonly surveys?: readonly ClipSurvey[]
}

/** What is wrong with a division: missing classes, and whatever is in both parts. */
export function splitFindings(
  dataset: Known,
  split: Split,
  { crossSubject = false, protocol, surveys = [] }: SplitCheck = {},
): Finding[] {
  const { classes, entries } = dataset
  const [trained, tested] = [split.train, split.test].map((part) => classesIn(entries, part))
  const [inTraining, inTest] = [new Set(split.train), new Set(split.test)]
  return [
    ...partErrors(dataset, split),
    ...present([
      {
        severity: 'warning',
        code: 'class-never-tested',
        what: 'Classes have training clips but no test clip: their accuracy stays unknown.',
        where: classes.filter((_, label) => trained.has(label) && !tested.has(label)),
        mend: 'Divide in another way, or record test clips.',
      },
      {
        severity: 'error',
        code: 'content-in-both-parts',
        what: 'The same points are in both parts, under different ids.',
        where: sameContent(surveys).flatMap((group) => {
          const trains = group.filter(({ index }) => inTraining.has(index))
          const tests = group.filter(({ index }) => inTest.has(index) && !inTraining.has(index))
          const ids = (part: readonly ClipSurvey[]) => part.map(({ id }) => id).join(', ')
          return trains.length > 0 && tests.length > 0 ? [`training ${ids(trains)}, test ${ids(tests)}`] : []
        }),
        mend: 'Keep one of each.',
      },
      sharedPerformers(dataset, split, crossSubject),
      unknownPerformers(dataset, protocol),
    ]),
  ]
}

/** Divisions that cannot be trained and tested on: no clips or no classes in a part, or clips twice. */
export function partErrors({ classes, entries }: Known, { train, test }: Split): Finding[] {
  const parts = [
    { title: 'training', indices: train },
    { title: 'test', indices: test },
  ]
  const recorded = classesIn(entries, entries.keys())
  const trained = classesIn(entries, train)
  const inTraining = new Set(train)
  const inBoth = [...new Set(test)].filter((index) => inTraining.has(index) && entries[index])
  return present([
    {
      severity: 'error',
      code: 'empty-part',
      what: 'A part of the division has no clips.',
      where: parts.filter(({ indices }) => indices.length === 0).map(({ title }) => `the ${title} part`),
      mend: 'Choose another division.',
    },
    {
      severity: 'error',
      code: 'clip-not-there',
      what: 'The division names clips that are not there.',
      where: parts.flatMap(({ title, indices }) =>
        indices.filter((index) => !entries[index]).map((index) => `clip number ${index} in the ${title} part`),
      ),
      expected: `numbers from 0 to ${entries.length - 1}`,
      mend: 'Make the division for these clips.',
    },
    {
      severity: 'error',
      code: 'clip-in-both-parts',
      what: 'Clips are in both parts, or twice in one.',
      where: [
        ...inBoth.map((index) => `clip ${entries[index].id}: in both parts`),
        ...parts.flatMap(({ title, indices }) =>
          repeated(indices).flatMap((index) =>
            entries[index] ? [`clip ${entries[index].id}: twice in the ${title} part`] : [],
          ),
        ),
      ],
      mend: 'Remove them from one part: the test would measure memory.',
    },
    {
      severity: 'error',
      code: 'class-never-trained',
      what: 'Classes have no training clips.',
      where: classes.filter((_, label) => recorded.has(label) && !trained.has(label)),
      mend: 'Divide in another way, or leave the classes out.',
    },
  ])
}

function classesIn(entries: Known['entries'], indices: Iterable<number>): Set<number> {
  return new Set(Array.from(indices, (index) => entries[index]?.label))
}

function repeated(part: readonly number[]): number[] {
  const seen = new Set<number>()
  return part.filter((index) => seen.size === seen.add(index).size)
}
