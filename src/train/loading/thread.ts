import { parentPort, workerData } from 'node:worker_threads'
import { preparedForSamples } from '../../augment/samples/index.ts'
import { OssatureError } from '../../errors.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { Points } from '../../skeleton/points.ts'
import { trainingBatch } from '../classifier/clip-samples.ts'
import type { BatchAnswer, BatchRequest, LoadingTask } from './messages.ts'

/** The thread of a `LoadingThreads`: makes one batch after the other. */
const { recipe, layout } = workerData as LoadingTask

parentPort!.on('message', ({ id, clips, partners, key }: BatchRequest) => {
  const prepared = (points: Points) => preparedForSamples(points, recipe, layout)
  try {
    const stream = new CounterStream(key)
    answer({ id, batch: trainingBatch(clips.map(prepared), partners?.map(prepared), recipe, layout, stream) })
  } catch (failure) {
    answer({ id, failure: failure as Error, mendable: failure instanceof OssatureError })
  }
})

function answer(message: BatchAnswer): void {
  parentPort!.postMessage(message, 'batch' in message ? Object.values(message.batch).map(({ buffer }) => buffer) : [])
}
