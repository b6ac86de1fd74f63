import { parentPort, workerData } from 'node:worker_threads'
import { preparedClip } from '../../augment/clip-recipe.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import { trainingBatch } from '../clip-samples.ts'
import type { BatchAnswer, BatchRequest, LoadingTask } from './messages.ts'

/** The thread of a `LoadingThreads`: makes one batch after the other. */
const { recipe, layout } = workerData as LoadingTask

parentPort!.on('message', ({ id, clips, key }: BatchRequest) => {
  try {
    const prepared = clips.map((points) => preparedClip(points, recipe, layout))
    answer({ id, batch: trainingBatch(prepared, recipe, layout, new CounterStream(key)) })
  } catch (failure) {
    answer({ id, failure: failure as Error })
  }
})

function answer(message: BatchAnswer): void {
  parentPort!.postMessage(message, 'batch' in message ? [message.batch.buffer] : [])
}
