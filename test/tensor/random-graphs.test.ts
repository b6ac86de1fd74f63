import { describe, expect, it } from 'vitest'
import { operatorNamed, operatorNames } from '../../src/tensor/operator.ts'
import { checkExportedGraph, checkRandomGraph, type Report } from './random-graphs/check.ts'
import { randomGraph, STEP_NAMES } from './random-graphs/generate.ts'
import { REFERENCES, STRUCTURE } from './reference/evaluate.ts'

/** Operators of the standard, as the tensor floor defines them; devices add some of their own. */
const standard = operatorNames().filter((name) => !operatorNamed(name).domain)

describe('the reference evaluator', () => {
  it('knows every operator', () => {
    expect(Object.keys(REFERENCES).concat(STRUCTURE).sort()).toEqual(standard.sort())
  })
})

describe('random graphs', () => {
  const reports: Report[] = []

  // Every step once at least, among others.
  const wanted = STEP_NAMES.flatMap((name, i) => (i % 2 === 0 ? [[name, ...STEP_NAMES.slice(i + 1, i + 2)]] : []))

  it.each(wanted.map((names, seed) => [seed, names.join(' and '), names] as const))(
    'seed %i, with %s',
    async (seed, _, names) => {
      const graph = randomGraph(seed, names)
      reports.push(await checkRandomGraph(graph))
      await checkExportedGraph(graph)
    },
    30_000,
  )

  it('contain every operator', () => {
    const seen = new Set(reports.flatMap(({ operators }) => [...operators]))
    expect(standard.filter((name) => !seen.has(name))).toEqual([])
  })

  it('are compared nearly everywhere', () => {
    const total = (key: 'skipped' | 'compared') => reports.reduce((sum, report) => sum + report[key], 0)
    expect(total('skipped') / total('compared')).toBeLessThan(0.05)
  })
})
