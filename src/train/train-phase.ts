import { OssatureError } from '../errors.ts'
import type { CompiledStep, Device } from '../runtime/device.ts'
import { FeedsAhead } from './feeds-ahead.ts'
import type { TrainingPhase } from './phase.ts'
import type { Progress } from './progress/progress.ts'
import type { Checkpoint } from './run/checkpoint.ts'
import { CheckpointFolder } from './run/checkpoint-folder.ts'
import { MetricsLog } from './run/metrics-log.ts'
import { checkpointsOf } from './run/run-checkpoints.ts'
import type { RunFolder } from './run/run-folder.ts'
import { TensorBoardLog } from './run/tensorboard.ts'

export interface TrainingContext {
  readonly run: RunFolder
  readonly device: Device
  readonly progress: Progress
  /** The checkpoint of every so many epochs is kept for good. */
  readonly keepEvery?: number
}

/**
 * Trains phases one after the other, each from its newest checkpoint where there is one. After every epoch the log is
 * written, then the checkpoint: a run that is killed goes on from the last complete epoch and ends with the same numbers.
 */
export async function trainPhases(phases: readonly TrainingPhase[], context: TrainingContext): Promise<void> {
  let done = 0
  for (const phase of phases) done = await trainPhase(phase, done, context)
}

/**
 * @param start optimiser steps of the phases before
 * @returns optimiser steps since the start of the run
 */
async function trainPhase(phase: TrainingPhase, start: number, context: TrainingContext): Promise<number> {
  const { run, device, progress, keepEvery } = context
  const folder = checkpointsOf(run.path, phase.name)
  const checkpoints = new CheckpointFolder(folder, { keepEvery, warn: (text) => progress.warn(text) })
  const found = checkpoints.resume()
  if (found) restore(phase, found, run.path)
  else phase.begin?.()
  device.push(phase.variables.values())
  const first = found?.state.epoch ?? 0
  let done = found?.state.step ?? start
  if (first > 0) progress.note(`${phase.name}: going on after epoch ${first}`)
  // Whoever reads the run finds its metrics also where there is nothing to train.
  if (phase.epochs === 0) new MetricsLog(run.metrics, found || start > 0 ? done : undefined).close()
  if (first >= phase.epochs) return done
  const step = await device.compile(phase.step)
  const continueFrom = found || start > 0 ? done : undefined
  const metrics = new MetricsLog(run.metrics, continueFrom)
  const board = new TensorBoardLog(run.path, { continueFrom })
  try {
    for (let number = first; number < phase.epochs; number++) {
      const trained = await trainEpoch(phase, number, step, done - start, progress)
      done += trained.iterations
      const evaluated = (await phase.evaluate?.(number)) ?? {}
      const values = { ...trained.values, ...evaluated, learningRate: trained.learningRate }
      progress.end(values)
      metrics.append({ step: done, epoch: number + 1, phase: phase.name, ...values })
      board.scalars(done, prefixed(phase.name, values))
      metrics.sync()
      board.sync()
      run.assertHeld()
      checkpoints.save(await captured(phase, device, number + 1, done))
    }
  } finally {
    metrics.close()
    board.close()
    await step.release()
  }
  await device.pull(phase.variables.values())
  return done
}

async function trainEpoch(phase: TrainingPhase, number: number, step: CompiledStep, done: number, progress: Progress) {
  const epoch = phase.epoch(number)
  progress.begin(`${phase.name} ${number + 1}/${phase.epochs}`, epoch.iterations * epoch.clips, 'clips')
  const sums: Record<string, number> = {}
  let learningRate = 0
  const ahead = new FeedsAhead(epoch)
  for (let i = 0; i < epoch.iterations; i++) {
    learningRate = phase.learningRate({ epoch: number, iteration: done + i, iterationsPerEpoch: epoch.iterations })
    const feeds = await ahead.next()
    const outputs = await step.run({ ...feeds, learningRate: Float32Array.of(learningRate) })
    const measured = epoch.measure(outputs, feeds)
    requireFinite(measured.loss, phase.name, number, i, learningRate)
    for (const [name, value] of Object.entries(measured)) sums[name] = (sums[name] ?? 0) + value
    progress.update((i + 1) * epoch.clips, means(sums, i + 1))
  }
  return { iterations: epoch.iterations, values: means(sums, epoch.iterations), learningRate }
}

function means(sums: Readonly<Record<string, number>>, count: number): Record<string, number> {
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count]))
}

function requireFinite(loss: number, phase: string, epoch: number, iteration: number, learningRate: number): void {
  if (Number.isFinite(loss)) return
  throw new OssatureError('the loss is not a finite number any more', {
    where: `${phase}, epoch ${epoch + 1}, iteration ${iteration + 1}`,
    found: `loss ${loss} at learning rate ${learningRate}`,
    hint: 'The last checkpoint is unharmed. Try a smaller learning rate, and look for extreme coordinates in the data.',
  })
}

/** Writes the values that the first phase begins with as a checkpoint, from which the run then goes on. */
export function saveBeginning(phase: TrainingPhase, run: RunFolder): void {
  new CheckpointFolder(checkpointsOf(run.path, phase.name)).save(checkpointOf(phase, 0, 0))
}

async function captured(phase: TrainingPhase, device: Device, epoch: number, step: number): Promise<Checkpoint> {
  await device.pull(phase.variables.values())
  return checkpointOf(phase, epoch, step)
}

function checkpointOf(phase: TrainingPhase, epoch: number, step: number): Checkpoint {
  const tensors = [...phase.variables].map(([name, { shape, values }]) => [name, { shape, data: values }] as const)
  return { tensors: new Map(tensors), state: { epoch, step, phase: phase.name } }
}

/** Puts the values of a checkpoint into the phase's variables. */
function restore(phase: TrainingPhase, { tensors }: Checkpoint, where: string): void {
  for (const [name, variable] of phase.variables) {
    const stored = tensors.get(name)
    if (!stored || stored.shape.join() !== variable.shape.join()) {
      throw new OssatureError('the checkpoint is of another network', {
        where,
        expected: `${name} [${variable.shape.join(', ')}]`,
        found: stored ? `[${stored.shape.join(', ')}]` : 'no such tensor',
        hint: 'Choose another run folder, or give --force to start over.',
      })
    }
    variable.values.set(stored.data)
  }
}

function prefixed(phase: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${phase}/${name}`, value]))
}
