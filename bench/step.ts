import { OssatureError } from '../src/errors.ts'
import type { StepSizes } from './setting.ts'

/** A network, ready to be stepped. */
export interface Step {
  /**
   * One training step, or one inference: `ms` is the time of the computation alone. `loss` is the mean cross entropy
   * before the update.
   */
  run(): Promise<{ ms: number; loss: number }>
  /** Peak resident memory minus resident memory after the imports, MiB: `peakMibFromHere()` called below the imports. */
  peakMib(): number
}

/**
 * Builds the named network at its published width and fills it and its inputs as `setting.ts` says, so that its losses
 * equal the peer's. Everything that happens once (tracing, gradients, compiling) belongs here.
 */
export async function createStep(_network: string, _sizes: StepSizes): Promise<Step> {
  throw new OssatureError('not written yet', { where: 'bench/step.ts' })
}
