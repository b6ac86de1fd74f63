import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Dataset } from '../../src/data/dataset.ts'
import type { Split } from '../../src/data/splits/splits.ts'
import type { AttackOptions } from '../../src/systems/attack-options.ts'
import { attackNamed } from '../../src/systems/attacks.ts'
import { resolveOptions } from '../../src/systems/options.ts'
import { runAttack } from '../../src/systems/run-attack.ts'
import type { Progress } from '../../src/train/progress/progress.ts'
import { createProgress } from '../../src/train/progress/progress-reporters.ts'
import { newestCheckpoint } from '../../src/train/run/run-checkpoints.ts'

/** What makes each attack quick. */
const SMALL_OF: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  smi: {
    ...{ epochs: 2, batchSize: 4, queue: 8, hidden: 4, layers: 1, dim: 4, width: 4, window: 8 },
    ...{ iterations: 2, attackBatch: 4, clusters: 3, droppedCentres: 1, frames: 12, threads: 1 },
  },
}

/** The quick options of an attack and changes to them as arguments of the command line. */
export function attackSettings(attack: string, changes: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.entries({ ...SMALL_OF[attack], ...changes }).flatMap(([name, value]) => ['--set', `${name}=${value}`])
}

export interface SmallAttack {
  readonly dataset: Dataset
  readonly split?: Split
  readonly victims: readonly string[]
  readonly options?: Readonly<Record<string, unknown>>
  readonly progress?: Progress
  readonly signal?: AbortSignal
  readonly force?: boolean
  readonly resume?: boolean
  readonly from?: string
}

export const quiet = () => createProgress({ mode: 'quiet', stream: { write: () => true } })

/** Makes an attack in this process. */
export function attackBy(name: string, out: string, { dataset, split, victims, options, ...settings }: SmallAttack) {
  const attack = attackNamed(name)
  const resolved = resolveOptions(attack.options, [{ origin: 'test', values: { ...SMALL_OF[name], ...options } }])
  return runAttack(attack, resolved as AttackOptions, dataset, victims, { progress: quiet(), ...settings, out }, split)
}

/** The files of an attack that must be the same bytes whenever it is repeated, by name. */
export function attackBytes(run: string): Record<string, string> {
  const checkpoint = relative(run, newestCheckpoint(run)!.path)
  const names = [checkpoint, 'metrics.jsonl', 'attack.json', 'attacked/clips.safetensors', 'attacked/index.json']
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(run, name)).toString('base64')]))
}
