import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { fileFailure } from '../files/failure.ts'
import { readFileBytes } from '../files/file-tree.ts'
import { decodeCheckpoint, encodeCheckpoint } from '../train/run/checkpoint.ts'
import type { AttackedBatch, FinishedBatches } from './attacked-clips.ts'
import type { ClipShape } from './iterative-attack.ts'

/** Finished batches as files of a folder, so that an interrupted attack goes on behind them. */
export class BatchFiles implements FinishedBatches {
  private readonly folder: string
  private readonly epochs: number

  /** @param epochs of training before the attack: batches of a shorter training do not count */
  constructor(folder: string, epochs: number) {
    this.folder = folder
    this.epochs = epochs
  }

  /** A damaged file, and one of other clips, counts as none. */
  get(start: number, shape: ClipShape): AttackedBatch | undefined {
    const path = this.fileOf(start)
    if (!existsSync(path)) return undefined
    try {
      const { tensors, state } = decodeCheckpoint(readFileBytes(path), path)
      const [clips, objective] = [tensors.get('clips'), tensors.get('objective')]
      if (state.epoch !== this.epochs || !objective || clips?.shape.join() !== shape.join()) return undefined
      return { data: clips.data, shape, objective: objective.data }
    } catch {
      return undefined
    }
  }

  /** @throws OssatureError when the file cannot be written */
  put(start: number, { data, shape, objective }: AttackedBatch): void {
    try {
      mkdirSync(this.folder, { recursive: true })
    } catch (error) {
      throw fileFailure(error, 'cannot make the folder', this.folder)
    }
    const tensors = new Map([
      ['clips', { shape, data }],
      ['objective', { shape: [objective.length], data: objective }],
    ])
    writeFileAtomically(this.fileOf(start), encodeCheckpoint({ tensors, state: { epoch: this.epochs, step: start } }))
  }

  private fileOf(start: number): string {
    return join(this.folder, `batch-${String(start).padStart(8, '0')}.safetensors`)
  }
}
