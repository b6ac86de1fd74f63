import type { Device } from '../runtime/device.ts'
import { interruptible } from '../runtime/interruptible.ts'
import { createDevice, type DeviceName } from '../runtime/node.ts'
import type { OnnxRuntimeDevice } from '../runtime/onnxruntime-device.ts'
import type { TrainingPhase } from '../train/phase.ts'
import type { Progress } from '../train/progress/progress.ts'
import { describeEnvironment, type RunEnvironment } from '../train/run/environment.ts'
import { newestCheckpoint, requireNoEpochsTooMany } from '../train/run/run-checkpoints.ts'
import { openRun, type RunFolder } from '../train/run/run-folder.ts'
import { isRun, type RunData } from '../train/run/run-record.ts'
import { saveBeginning, trainPhases } from '../train/train-phase.ts'
import {
  type LoadedWeights,
  loadWeightSource,
  readWeightSource,
  recordWeights,
  requireMostOf,
  requireSameSource,
} from './initial-weights.ts'
import { describeLoadedWeights } from './weights-report.ts'

export interface RunSettings {
  /** Folder of the run. */
  readonly out: string
  readonly force?: boolean
  /**
   * Train a finished run further; `epochs` and `threads` may then differ from those it was started with. `loaders`
   * and `keepEvery` may do so whenever a run goes on.
   */
  readonly resume?: boolean
  readonly progress: Progress
  /**
   * Weights to start from: a file of safetensors or PyTorch, or a run. All that fits by name and shape is taken over.
   * Read once: a run that goes on does so from its own checkpoints.
   */
  readonly from?: string
  /** Where the data lie, for the record of the run. */
  readonly data?: RunData
  /** Aborting ends the run after the present step; it is then recorded as interrupted and can go on later. */
  readonly signal?: AbortSignal
}

/** What a run works on between its folder being opened and closed. */
export interface RunPlan {
  readonly phases: readonly TrainingPhase[]
  /** Releases what the plan compiled. */
  release(): Promise<void>
}

/** What a run is told, whatever it does. */
export interface RunBasics {
  readonly seed: number
  readonly device: DeviceName
  readonly threads: number
  /** The checkpoint of every so many epochs is kept for good. */
  readonly keepEvery?: number
}

/** A run with its phases trained. */
export interface TrainedRun<P extends RunPlan> {
  readonly plan: P
  readonly run: RunFolder
  readonly environment: RunEnvironment
  /** Runs files of networks, too; takes no notice of an interruption. */
  readonly device: OnnxRuntimeDevice
}

/**
 * Opens a device and a run folder, trains the phases of a plan from where the run stands, and concludes.
 * @param recorded what `options.yaml` holds beside the options of `basics`: everything that tells one run from another
 * @param plan looks at data and network; what is unfit is refused before the run folder is touched
 * @param conclude writes the results
 * @throws OssatureError when the folder is not a run or cannot be written; the reason of `settings.signal` once that is
 *   aborted; whatever `plan` and `conclude` throw
 */
export async function performRun<P extends RunPlan, R>(
  settings: RunSettings,
  basics: RunBasics,
  recorded: Readonly<Record<string, unknown>>,
  plan: (device: Device) => Promise<P>,
  conclude: (trained: TrainedRun<P>) => Promise<R>,
): Promise<R> {
  const { out, force, resume, from, data, progress, signal = new AbortController().signal } = settings
  const { seed, threads, keepEvery } = basics
  const environment = describeEnvironment({ device: basics.device, seed, threads: threads || undefined })
  const opened = await createDevice(basics.device, { threads })
  const device = interruptible(opened, signal)
  const planned = await plan(device)
  try {
    signal.throwIfAborted()
    if (resume && isRun(out)) requireNoEpochsTooMany(out, planned.phases)
    const { backbone } = recorded
    const weights = from === undefined ? undefined : loadInitialWeights(from, planned.phases, settings, backbone)
    const run = openRun(out, { options: recorded, environment, data, force, resume, ...CHANGEABLE })
    try {
      warnOfThreads(run, threads, progress)
      if (weights && from !== undefined) {
        recordWeights(out, from, weights)
        saveBeginning(planned.phases[0], run)
        progress.note(describeLoadedWeights(weights, backbone).join('\n'))
      }
      await trainPhases(planned.phases, { run, device, progress, keepEvery })
      const result = await conclude({ plan: planned, run, environment, device: opened })
      run.close('finished')
      return result
    } catch (error) {
      closeAfterFailure(run, signal.aborted && error === signal.reason ? 'interrupted' : 'failed')
      throw error
    }
  } finally {
    await planned.release()
  }
}

/** Neither changes a number: a batch is the same whichever thread makes it. */
const CHANGEABLE = { changeable: ['loaders', 'keepEvery'], changeableOnResume: ['epochs', 'threads'] }

function warnOfThreads({ earlierOptions }: RunFolder, threads: number, progress: Progress): void {
  const before = earlierOptions?.threads ?? threads
  if (before !== threads)
    progress.warn(
      `threads=${threads} goes on with what threads=${before} began: sums may differ in their last bits from those of a run with one number of threads`,
    )
}

/** Puts weights into the first phase's network, unless the run goes on from a checkpoint that holds later ones. */
function loadInitialWeights(
  from: string,
  phases: readonly TrainingPhase[],
  { out, force }: RunSettings,
  backbone: unknown,
): LoadedWeights | undefined {
  if (!force && newestCheckpoint(out)) return undefined
  const source = readWeightSource(from)
  if (!force) requireSameSource(out, source)
  const weights = loadWeightSource(source, phases[0].variables, backbone)
  if (phases.every(({ epochs }) => epochs === 0)) requireMostOf(weights, backbone)
  return weights
}

/** Whatever ended the run is what people must hear of, even if the disk is too full to record it. */
function closeAfterFailure(run: RunFolder, status: 'interrupted' | 'failed'): void {
  try {
    run.close(status)
  } catch {}
}
