import type { z } from 'zod'
import type { AttackedClips, FinishedBatches } from '../attack/attacked-clips.ts'
import type { Scores } from '../evaluate/scores/scores.ts'
import type { Device } from '../runtime/device.ts'
import type { Progress } from '../train/progress/progress.ts'
import type { AttackOptions } from './attack-options.ts'
import type { AttackProblem } from './attack-problem.ts'
import type { MachineOptions, ProblemOptions } from './classification/options.ts'
import type { ClassificationProblem } from './classification/problem.ts'
import type { RunPlan } from './perform-run.ts'
import type { PicturedSamples } from './pictured-samples.ts'

/** Where a system was published. */
export interface Publication {
  readonly title: string
  readonly authors: string
  readonly year: number
  /** Address of the paper. */
  readonly paper: string
  /** Address of the authors' code. */
  readonly code?: string
}

/** What a system works with while it plans and trains. */
export interface SystemContext {
  readonly device: Device
  readonly progress: Progress
}

/** A trained classifier: its network, how it is trained, how it scores clips. */
export interface ClassificationPlan extends RunPlan {
  /** Class probabilities of test clips, by the system's protocol. */
  score(indices: readonly number[]): Promise<Scores>
  /** The trained network as the bytes of an ONNX file. */
  exportModel(): Promise<Uint8Array>
  /** Deviations from the publication that hold for this run, for its report. */
  readonly notes: readonly string[]
}

/** Options that every system has: which clips, and on which machine. */
export type SystemOptions = ProblemOptions & MachineOptions

/** What people see of a published method before they run it. */
export interface Published<S extends z.ZodObject = z.ZodObject> {
  readonly name: string
  /** One sentence. */
  readonly description: string
  readonly publication: Publication
  /** Every option with its default and a sentence; flags, files, forms and documentation come from it. */
  readonly options: S
  /** Values of options with which the system repeats its released code where that departs from the publication. */
  readonly asReleased?: Readonly<Record<string, unknown>>
}

/** A published system for classifying clips, behind the interface that all of them share. */
export interface System<S extends z.ZodObject = z.ZodObject> extends Published<S> {
  /** What the system makes of clips, for pictures of it; without it there are none. */
  samples?(options: z.output<S> & SystemOptions, problem: ClassificationProblem): PicturedSamples
  plan(
    options: z.output<S> & SystemOptions,
    problem: ClassificationProblem,
    context: SystemContext,
  ): Promise<ClassificationPlan>
}

/**
 * Declares a system. Inside, the options have the types of its schema; outside, every system looks the same, and whoever
 * resolves options against `options` may hand them to `plan`.
 */
export function defineSystem<S extends z.ZodObject>(system: System<S>): System {
  return system as unknown as System
}

/** What an attack works with. */
export interface AttackContext extends SystemContext {
  /** Aborted when the work is to end; its reason is then to be thrown. */
  readonly signal?: AbortSignal
}

/** Adversarial clips: what is trained for them first, how they are made. */
export interface AttackPlan extends RunPlan {
  /** How far a coordinate may be moved, in the unit of the data. */
  readonly budget: number
  /**
   * The clips of the problem under the attack, first, and under attacks that it is compared with.
   * @param finished what an earlier start has done of the attack of this name
   */
  attack(finished: (name: string) => FinishedBatches): Promise<readonly AttackedClips[]>
  /** Deviations from the publication that hold for this run, for its report. */
  readonly notes: readonly string[]
}

/** A published attack on classifiers, behind the interface that all of them share. */
export interface AttackSystem<S extends z.ZodObject = z.ZodObject> extends Published<S> {
  plan(options: z.output<S> & AttackOptions, problem: AttackProblem, context: AttackContext): Promise<AttackPlan>
}

/** Declares an attack, as `defineSystem` a system. */
export function defineAttack<S extends z.ZodObject>(attack: AttackSystem<S>): AttackSystem {
  return attack as unknown as AttackSystem
}
