import { peakMibFromHere } from '../memory.ts'
import type { StepSizes } from '../setting.ts'
import { hiclrStep } from './hiclr.ts'
import { networkStep } from './network.ts'
import { smiStep } from './smi.ts'
import type { Repeated, Step } from './step.ts'

const SYSTEMS: Readonly<Record<string, (sizes: StepSizes) => Promise<Repeated>>> = { hiclr: hiclrStep, smi: smiStep }

/**
 * Builds what is timed, a network or the step of a system, and fills it and its inputs as `setting.ts` says, so that its
 * losses equal the peer's. Everything that happens once (tracing, gradients, compiling) belongs here.
 */
export async function createStep(name: string, sizes: StepSizes): Promise<Step> {
  const peakMib = peakMibFromHere()
  const repeated = await (SYSTEMS[name]?.(sizes) ?? networkStep(name, sizes))
  return { ...repeated, peakMib }
}
