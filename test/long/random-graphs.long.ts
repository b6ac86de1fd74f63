import { describe, expect, it } from 'vitest'
import { checkExportedGraph, checkRandomGraph } from '../tensor/random-graphs/check.ts'
import { randomGraph } from '../tensor/random-graphs/generate.ts'

/** OSSATURE_GRAPH_SEED=123 checks that one graph again. */
const only = process.env.OSSATURE_GRAPH_SEED
const FIRST = 1_000
const BATCH = 50
const BATCHES = 24

const seedsOf = (batch: number) => Array.from({ length: BATCH }, (_, i) => FIRST + batch * BATCH + i)
const batches = only ? [[Number(only)]] : Array.from({ length: BATCHES }, (_, batch) => seedsOf(batch))

describe('random graphs', () => {
  it.each(batches.map((seeds) => [seeds[0], seeds.at(-1)!, seeds] as const))(
    'seeds %i to %i agree with the reference evaluator and with central differences',
    async (_first, _last, seeds) => {
      const failures: string[] = []
      for (const seed of seeds) {
        const graph = randomGraph(seed)
        try {
          await checkRandomGraph(graph)
          await checkExportedGraph(graph)
        } catch (error) {
          failures.push(`OSSATURE_GRAPH_SEED=${seed} (${graph.steps.join(', ')}): ${(error as Error).message}`)
        }
      }
      expect(failures).toEqual([])
    },
    600_000,
  )
})
