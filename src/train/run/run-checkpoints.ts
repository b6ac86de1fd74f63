import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { OssatureError } from '../../errors.ts'
import { fileFailure } from '../../files/failure.ts'
import type { TrainingPhase } from '../phase.ts'
import { type CheckpointFile, CheckpointFolder } from './checkpoint-folder.ts'

/** Folder of a run with the checkpoints of each phase of its training in a folder of its own. */
export const CHECKPOINTS = 'checkpoints'

/** Folder of the checkpoints of one phase. */
export function checkpointsOf(run: string, phase: string): string {
  return join(run, CHECKPOINTS, phase)
}

/** The newest checkpoint of a run, over all its phases; undefined where none was written yet. */
export function newestCheckpoint(run: string): CheckpointFile | undefined {
  return phasesOf(run)
    .flatMap((phase) => new CheckpointFolder(checkpointsOf(run, phase)).list())
    .sort((a, b) => b.step - a.step)[0]
}

/** @throws OssatureError when a phase of the run has been trained for more epochs than it is to have */
export function requireNoEpochsTooMany(run: string, phases: readonly Pick<TrainingPhase, 'name' | 'epochs'>[]): void {
  for (const { name, epochs } of phases) {
    const [newest] = new CheckpointFolder(checkpointsOf(run, name)).list()
    if (newest === undefined || newest.epoch <= epochs) continue
    throw new OssatureError('the run has been trained for more epochs than are asked for', {
      where: `${run}, ${name}`,
      expected: `epochs from ${newest.epoch} on`,
      found: `${epochs}`,
      hint: 'Choose another name, or give --force to start over.',
    })
  }
}

function phasesOf(run: string): string[] {
  try {
    const entries = readdirSync(join(run, CHECKPOINTS), { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fileFailure(error, 'cannot read the folder', join(run, CHECKPOINTS))
  }
}
