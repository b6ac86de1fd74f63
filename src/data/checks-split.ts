import { sameContent } from './checks-points.ts'
import type { ClipSurvey } from './clip-survey.ts'
import type { Dataset } from './dataset.ts'
import type { Finding } from './findings.ts'
import type { Split } from './split.ts'

export interface SplitCheck {
  /** Performers must not be in both parts. */
  readonly crossSubject?: boolean
  /** Of the clips, to find the same content in both parts. */
  readonly surveys?: readonly ClipSurvey[]
}

/** What is wrong with a division: missing classes, and whatever is in both parts. */
export function splitFindings(
  { name, classes, entries }: Pick<Dataset, 'name' | 'classes' | 'entries'>,
  { train, test }: Split,
  { crossSubject = false, surveys = [] }: SplitCheck = {},
): Finding[] {
  const findings: Finding[] = []
  const add = (finding: Finding) => {
    if (finding.where.length > 0) findings.push(finding)
  }
  const empty = [train.length === 0 ? 'training' : '', test.length === 0 ? 'test' : ''].filter((part) => part !== '')
  add({
    severity: 'error',
    code: 'empty-part',
    what: 'A part of the division has no clips.',
    where: empty,
    mend: 'Choose another division.',
  })
  const classesIn = (part: readonly number[]) => new Set(part.map((index) => entries[index]?.label))
  const [trained, tested] = [classesIn(train), classesIn(test)]
  const present = classes.filter((_, label) => trained.has(label) || tested.has(label))
  add({
    severity: 'error',
    code: 'class-never-trained',
    what: 'Classes have test clips but no training clip.',
    where: present.filter((title) => !trained.has(classes.indexOf(title))),
    mend: 'Divide in another way, or leave the classes out.',
  })
  add({
    severity: 'warning',
    code: 'class-never-tested',
    what: 'Classes have training clips but no test clip: their accuracy stays unknown.',
    where: present.filter((title) => !tested.has(classes.indexOf(title))),
    mend: 'Divide in another way, or record test clips.',
  })
  const inTraining = new Set(train)
  const inTest = new Set(test)
  add({
    severity: 'error',
    code: 'clip-in-both-parts',
    what: 'Clips are in both parts, or twice in one.',
    where: [...test.filter((index) => inTraining.has(index)), ...repeated(train), ...repeated(test)].map(
      (index) => `clip ${entries[index]?.id ?? index}`,
    ),
    mend: 'Remove them from one part: the test would measure memory.',
  })
  add({
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
  })
  add(sharedPerformers(entries, { train, test }, crossSubject, name))
  return findings
}

function sharedPerformers(
  entries: Dataset['entries'],
  { train, test }: Split,
  crossSubject: boolean,
  name: string,
): Finding {
  const performersIn = (part: readonly number[]) =>
    new Set(
      part.flatMap((index) => {
        const { performer, partner } = entries[index]?.meta ?? {}
        return [performer, partner].filter((person) => person !== undefined)
      }),
    )
  const trained = performersIn(train)
  const shared = [...performersIn(test)].filter((performer) => trained.has(performer)).sort((a, b) => a - b)
  return {
    severity: crossSubject ? 'error' : 'note',
    code: 'performer-in-both-parts',
    what: crossSubject
      ? 'Performers are in both parts of a cross-subject division.'
      : 'Performers are in both parts: the result says nothing about people who were never seen.',
    where: shared.length > 0 ? [`${name}, performers ${shared.join(', ')}`] : [],
    mend: crossSubject ? 'Check the numbers of the performers.' : 'For new people, divide by performer.',
  }
}

function repeated(part: readonly number[]): number[] {
  const seen = new Set<number>()
  return part.filter((index) => seen.size === seen.add(index).size)
}
