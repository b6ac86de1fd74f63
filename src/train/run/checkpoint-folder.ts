import * as fs from 'node:fs'
import { join } from 'node:path'
import { type WritingFileSystem, writeFileAtomically } from '../../files/atomic-write.ts'
import { fileFailure } from '../../files/failure.ts'
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'

/** The calls of `node:fs` that checkpoints need; tests pass one that fails at a chosen call. */
export type CheckpointFileSystem = WritingFileSystem & Pick<typeof fs, 'readFileSync' | 'readdirSync'>

export interface CheckpointOptions {
  /** The first checkpoint of every k-th epoch is kept for good. Default: none. */
  readonly keepEvery?: number
  /** Receives warnings; default standard error. */
  readonly warn?: (text: string) => void
  readonly system?: CheckpointFileSystem
}

/** One file of a checkpoint folder. */
export interface CheckpointFile {
  readonly path: string
  readonly epoch: number
  readonly step: number
}

/** The newest this many are kept, so that a damaged one has a predecessor. */
const KEPT = 2
const NAME = /^epoch-(\d+)-step-(\d+)\.safetensors$/
const LEFTOVER = /^\..*\.safetensors\.tmp-/

/**
 * The checkpoints of a run: `epoch-EEEE-step-SSSSSSSS.safetensors`, the newest two and every k-th epoch.
 * Each is written under a temporary name, synced and renamed: a crash at any moment leaves the former ones as they were.
 * Only one process may write to a folder; the lock of the run folder sees to that.
 */
export class CheckpointFolder {
  readonly folder: string
  private readonly keepEvery: number | undefined
  private readonly warn: (text: string) => void
  private readonly system: CheckpointFileSystem

  constructor(folder: string, options: CheckpointOptions = {}) {
    this.folder = folder
    this.keepEvery = options.keepEvery
    this.warn = options.warn ?? ((text) => process.stderr.write(`warning: ${text}\n`))
    this.system = options.system ?? fs
  }

  /**
   * Writes a checkpoint, then removes those that are no longer to be kept.
   * @throws OssatureError when it cannot be written; all earlier checkpoints are then still there
   */
  save(checkpoint: Checkpoint): void {
    const { epoch, step } = checkpoint.state
    const bytes = encodeCheckpoint(checkpoint)
    try {
      this.system.mkdirSync(this.folder, { recursive: true })
    } catch (error) {
      throw fileFailure(error, 'cannot make the folder', this.folder)
    }
    writeFileAtomically(join(this.folder, fileName(epoch, step)), bytes, this.system)
    this.prune(step)
  }

  /** The numbered checkpoints, newest first. */
  list(): CheckpointFile[] {
    return this.names()
      .map((name) => ({ name, match: NAME.exec(name) }))
      .filter(({ match }) => match !== null)
      .map(({ name, match }) => ({
        path: join(this.folder, name),
        epoch: Number(match?.[1]),
        step: Number(match?.[2]),
      }))
      .sort((a, b) => b.step - a.step || b.epoch - a.epoch)
  }

  /**
   * The checkpoint that an interrupted run goes on from, undefined when none was written yet. Leftovers of a crash are
   * removed; damaged checkpoints newer than the one returned are renamed to `*.damaged`, with a warning each.
   * @throws OssatureError when there are checkpoints but none is whole
   */
  resume(): Checkpoint | undefined {
    for (const name of this.names().filter((name) => LEFTOVER.test(name))) this.remove(join(this.folder, name))
    const { checkpoint, failure, damaged } = this.newestWhole()
    if (failure && !checkpoint) throw failure
    for (const path of damaged) {
      try {
        this.system.renameSync(path, `${path}.damaged`)
      } catch (error) {
        throw fileFailure(error, 'cannot rename the damaged checkpoint', path)
      }
    }
    return checkpoint
  }

  private newestWhole(): { checkpoint?: Checkpoint; failure?: unknown; damaged: string[] } {
    const damaged: string[] = []
    let failure: unknown
    for (const { path } of this.list()) {
      try {
        const checkpoint = this.read(path)
        if (damaged.length > 0) this.warn(`going back to the checkpoint before: ${path}`)
        return { checkpoint, failure, damaged }
      } catch (error) {
        this.warn(error instanceof Error ? error.message : String(error))
        failure ??= error
        damaged.push(path)
      }
    }
    return { failure, damaged }
  }

  private read(path: string): Checkpoint {
    let bytes: Uint8Array
    try {
      bytes = this.system.readFileSync(path)
    } catch (error) {
      throw fileFailure(error, 'cannot read the checkpoint', path)
    }
    return decodeCheckpoint(bytes, path)
  }

  private prune(step: number): void {
    const upToNow = this.list().filter((file) => file.step <= step)
    const first = new Map<number, number>()
    for (const file of upToNow) first.set(file.epoch, file.step)
    for (const { path, epoch, step } of upToNow.slice(KEPT)) {
      const forGood = this.keepEvery !== undefined && epoch > 0 && epoch % this.keepEvery === 0
      if (!(forGood && first.get(epoch) === step)) this.remove(path)
    }
  }

  private remove(path: string): void {
    try {
      this.system.rmSync(path, { force: true })
    } catch (error) {
      this.warn(fileFailure(error, 'cannot remove the file', path).message)
    }
  }

  private names(): string[] {
    try {
      return this.system.readdirSync(this.folder) as unknown as string[]
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw fileFailure(error, 'cannot read the folder', this.folder)
    }
  }
}

function fileName(epoch: number, step: number): string {
  return `epoch-${String(epoch).padStart(4, '0')}-step-${String(step).padStart(8, '0')}.safetensors`
}
