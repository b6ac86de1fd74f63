import { Worker } from 'node:worker_threads'
import { OssatureError } from '../../errors.ts'
import type { CounterStream } from '../../random/counter-stream.ts'
import type { ClipSamples } from '../classifier/clip-samples.ts'
import type { BatchAnswer, BatchRequest, LoadingTask } from './messages.ts'

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './thread-from-source.mjs' : './thread.js', import.meta.url)

interface Pending {
  resolve(batch: Record<string, Float32Array>): void
  reject(error: Error): void
}

/**
 * Threads that prepare and augment the clips of the next batches while the step runs. A batch is a pure function of
 * clips, recipe and stream, so it does not matter which thread makes it, or whether a thread makes it at all.
 */
export class LoadingThreads {
  private readonly samples: ClipSamples
  private readonly threads: readonly Worker[]
  private readonly pending = new Map<number, Pending>()
  private next = 0
  /** Why no more batches can be made. */
  private ended: Error | undefined

  constructor(samples: ClipSamples, count: number) {
    this.samples = samples
    const { recipe, layout } = samples
    this.threads = Array.from({ length: count }, () => this.started({ recipe, layout }))
  }

  /**
   * What `samples.trainingBatch` gives for the same clips and the same stream.
   * @throws when a clip cannot be prepared, a thread has died, or the threads are closed
   */
  async batch(indices: readonly number[], random: CounterStream): Promise<Record<string, Float32Array>> {
    if (this.ended) throw this.ended
    const id = this.next++
    const recorded = (index: number) => this.samples.dataset.clip(index).points
    const partners = this.samples.partnersOf(indices, random)?.map(recorded)
    const request: BatchRequest = { id, clips: indices.map(recorded), partners, key: random.key }
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject })
      this.threads[id % this.threads.length].postMessage(request)
    })
  }

  /** Ends the threads; batches that were not made yet are refused. */
  async close(): Promise<void> {
    this.end(new OssatureError('the clips are no longer loaded'))
    await Promise.all(this.threads.map((thread) => thread.terminate()))
  }

  private started(task: LoadingTask): Worker {
    const thread = new Worker(THREAD, { workerData: task })
    // A thread that waits for work must not keep the process alive.
    thread.unref()
    thread.on('message', (answer: BatchAnswer) => {
      const waiting = this.pending.get(answer.id)
      this.pending.delete(answer.id)
      if ('batch' in answer) waiting?.resolve(answer.batch)
      else waiting?.reject(answer.mendable ? new OssatureError(answer.failure.message) : answer.failure)
    })
    thread.on('error', (error) => this.end(error as Error))
    thread.on('exit', (code) => this.end(new Error(`a thread that loads clips ended by itself, exit code ${code}`)))
    return thread
  }

  /** Refuses what waits and what is still asked for. */
  private end(error: Error): void {
    this.ended ??= error
    for (const { reject } of this.pending.values()) reject(error)
    this.pending.clear()
  }
}
