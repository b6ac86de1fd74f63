import type { StudentInterval } from './student-interval.ts'
import { studentInterval } from './student-interval.ts'

/** A run with what it was started with. */
export interface SeededRun {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  readonly top1: number
  readonly meanClass: number
}

/** Runs that differ in nothing but their seed, and the intervals of their means. */
export interface SeedGroup {
  readonly runs: readonly string[]
  readonly top1: StudentInterval
  readonly meanClass: StudentInterval
}

/** What changes no result that is meant to be compared. */
const REPETITION = ['seed', 'threads', 'loaders', 'keepEvery', 'device']

/** The groups of two or more runs that repeat each other with other seeds. Runs without options are in none. */
export function seedGroups(runs: readonly SeededRun[]): SeedGroup[] {
  const groups = new Map<string, SeededRun[]>()
  for (const run of runs) {
    const entries = Object.entries(run.options).filter(([name]) => !REPETITION.includes(name))
    if (entries.length === 0) continue
    const key = JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()]
    .filter((group) => new Set(group.map(({ options }) => options.seed)).size === group.length && group.length > 1)
    .map((group) => ({
      runs: group.map(({ name }) => name),
      top1: studentInterval(group.map(({ top1 }) => top1)),
      meanClass: studentInterval(group.map(({ meanClass }) => meanClass)),
    }))
}
