import type { Module } from '../../../src/nn/index.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import type { ContrastVersion } from '../../../src/systems/fr-head/class-contrast.ts'
import type { GoldenTest } from '../../adapter.ts'
import { fillByName, type NetworkRun } from '../../networks/run-network.ts'

/** Options of a head or of one contrastive net, by the authors' names. */
interface AuthorsOptions {
  readonly h_channel?: number
  readonly version?: ContrastVersion
  readonly alp?: number
  readonly tmp?: number
  readonly mom?: number
  readonly use_p_map?: boolean
}

/** The same options by our names. */
export function contrastiveOptions(options: AuthorsOptions) {
  return {
    outChannels: options.h_channel,
    version: options.version,
    alpha: options.alp,
    temperature: options.tmp,
    momentum: options.mom,
    useProbabilityMap: options.use_p_map,
  }
}

/** Where first prototypes come from before those of the fixture take their place. */
export const anyPrototypes = new CounterStream(0)

const MEMORY = 'avg_f'

/** Fills a network by name and its memories by rules, one per path of a contrastive net. */
export function fillWithMemories(root: Module, test: GoldenTest, rules: Readonly<Record<string, unknown>>): void {
  fillByName(root, test, [MEMORY])
  const variables = new Map(root.variables())
  for (const [path, rule] of Object.entries(rules))
    variables.get(memoryName(path))!.values.set(Float32Array.from(test.values(rule).data))
}

/** The name of the memory of the contrastive net at a path. */
export function memoryName(path: string): string {
  return path === '' ? MEMORY : `${path}.${MEMORY}`
}

/** Leaves memories and running statistics as a run left them, for the next one. */
export function keepBuffers(root: Module, { buffers }: NetworkRun): void {
  for (const buffer of root.buffers()) buffer.values.set(Float32Array.from(buffers.get(buffer.name)!.data))
}
