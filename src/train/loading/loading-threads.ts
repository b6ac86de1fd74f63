import { Worker } from 'node:worker_threads'
import type { Dataset } from '../../data/dataset.ts'
import { OssatureError } from '../../errors.ts'
import type { CounterStream } from '../../random/counter-stream.ts'
import type { BatchAnswer, BatchRequest, LoadingTask } from './messages.ts'

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './thread-from-source.mjs' : './thread.js', import.meta.url)

interface Pending {
  resolve(batch: Float32Array): void
  reject(error: Error): void
}

/**
 * Threads that prepare and augment the clips of the next batches while the step runs. A batch is a pure function of
 * clips, recipe and stream, so it does not matter which thread makes it, or whether a thread makes it at all.
 */
export class LoadingThreads {
  private readonly dataset: Dataset
  private readonly threads: readonly Worker[]
  private readonly pending = new Map<number, Pending>()
  private next = 0

  constructor(dataset: Dataset, task: LoadingTask, count: number) {
    this.dataset = dataset
    this.threads = Array.from({ length: count }, () => this.started(task))
  }

  /** The training batch of clips, (N, M, T, V, C). */
  batch(indices: readonly number[], random: CounterStream): Promise<Float32Array> {
    const id = this.next++
    const clips = indices.map((index) => this.dataset.clip(index).points)
    const request: BatchRequest = { id, clips, key: random.key }
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject })
      this.threads[id % this.threads.length].postMessage(request)
    })
  }

  /** Ends the threads; batches that were not made yet are refused. */
  async close(): Promise<void> {
    this.refuse(new OssatureError('the clips are no longer loaded'))
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
      else waiting?.reject(answer.failure)
    })
    thread.on('error', (error) => this.refuse(error as Error))
    return thread
  }

  private refuse(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error)
    this.pending.clear()
  }
}
