import type { HostArray } from '../../src/runtime/device.ts'
import type { TracedGraph } from '../../src/tensor/index.ts'
import { benchmarkDevice } from '../device.ts'

/** A computation, ready to be repeated. */
export interface Repeated {
  /** One step: `ms` is the time of the computation alone, `loss` what is compared with the peer, before the update. */
  run(): Promise<{ ms: number; loss: number }>
  /** Ends the step; an operator profile that was asked for is complete after it. */
  release(): Promise<void>
}

export interface Step extends Repeated {
  /** Peak resident memory minus resident memory after the imports, MiB. */
  peakMib(): number
}

/** A graph with an output `loss`, compiled, and fed the same in every step. */
export async function repeatedGraph(
  graph: TracedGraph,
  feeds: Readonly<Record<string, HostArray>>,
  threads: number,
): Promise<Repeated> {
  const step = await benchmarkDevice(threads).compile(graph)
  return {
    async run() {
      const start = performance.now()
      const { loss } = await step.run(feeds)
      return { ms: performance.now() - start, loss: loss[0] }
    },
    release: () => step.release(),
  }
}
