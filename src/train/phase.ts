import type { HostArray } from '../runtime/device.ts'
import type { TracedGraph, Variable } from '../tensor/index.ts'
import type { LearningRate } from './schedules.ts'

/** The work of one epoch, a pure function of the epoch's number. */
export interface Epoch {
  readonly iterations: number
  /** Inputs of one optimiser step, without the learning rate. Asked for while the step before runs. */
  feeds(iteration: number): Record<string, HostArray> | Promise<Record<string, HostArray>>
  /** Number of clips in an iteration: the weight of its numbers in the epoch's means. */
  readonly clips: number
  /** Numbers to log of one iteration, from its outputs and inputs. `loss` must be one of them. */
  measure(outputs: Record<string, HostArray>, feeds: Record<string, HostArray>): Record<string, number>
}

/** A stretch of training with one step, one schedule and one kind of batch. */
export interface TrainingPhase {
  readonly name: string
  readonly epochs: number
  /** Takes what `Epoch.feeds` gives and the scalar `learningRate`. */
  readonly step: TracedGraph
  readonly learningRate: LearningRate
  /** Everything that training changes, by the name it has in a checkpoint. */
  readonly variables: ReadonlyMap<string, Variable>
  epoch(number: number): Epoch
  /**
   * Takes over from the phases before, for example the weights of an encoder that was trained without labels. Called
   * when the phase starts, not when it goes on from a checkpoint.
   */
  begin?(): void
  /** Numbers to log after an epoch, for example accuracies on held-out clips; absent after epochs that are not evaluated. */
  evaluate?(epoch: number): Promise<Record<string, number> | undefined>
}
