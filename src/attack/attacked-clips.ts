import type { Points } from '../skeleton/points.ts'
import type { ClipShape } from './iterative-attack.ts'

/** Clips under an attack. */
export interface AttackedClips {
  /** In a word, as in the publication: `S2MI-FGSM`. */
  readonly name: string
  /** What is done, in a few words. */
  readonly description: string
  /** As recorded, but moved; in the order of the clips that were attacked. */
  readonly clips: readonly Points[]
  /** Of each iteration the mean over clips of what the attack makes larger. */
  readonly objective: readonly number[]
}

/** Clips that were attacked together. */
export interface AttackedBatch {
  readonly data: Float32Array
  readonly shape: ClipShape
  /** By iteration. */
  readonly objective: Float32Array
}

/** The batches of an attack that are done, by the number of their first clip. */
export interface FinishedBatches {
  get(start: number, shape: ClipShape): AttackedBatch | undefined
  put(start: number, batch: AttackedBatch): void
}
