import type { CounterStream } from '../../random/counter-stream.ts'
import type { ClipSamples } from '../classifier/clip-samples.ts'
import { LoadingThreads } from './loading-threads.ts'

/** Training batches, made by threads beside the training; without threads when they are asked for. */
export class BatchLoader {
  private readonly samples: ClipSamples
  private readonly threads: number
  private loading: LoadingThreads | undefined

  /** @param threads 0 for none */
  constructor(samples: ClipSamples, threads: number) {
    this.samples = samples
    this.threads = threads
  }

  /** Augmented training samples of clips, end to end, by the names of the inputs. */
  async batch(indices: readonly number[], random: CounterStream): Promise<Record<string, Float32Array>> {
    if (this.threads === 0) return this.samples.trainingBatch(indices, random)
    this.loading ??= new LoadingThreads(this.samples, this.threads)
    return this.loading.batch(indices, random)
  }

  /** Ends the threads; batches that were not made yet are refused. */
  async close(): Promise<void> {
    await this.loading?.close()
    this.loading = undefined
  }
}
