import { afterAll, describe, expect, it } from 'vitest'
import type { ClipRecipe } from '../../src/augment/recipes/clip-recipe.ts'
import { type Dataset, datasetOf } from '../../src/data/dataset.ts'
import { generateSynthetic } from '../../src/data/synthetic/index.ts'
import { OssatureError } from '../../src/errors.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { ClipSamples } from '../../src/train/classifier/clip-samples.ts'
import { LoadingThreads } from '../../src/train/loading/loading-threads.ts'

const { classes, clips } = generateSynthetic({ classes: 2, clipsPerClass: 4, frames: [8, 12] })
const recipe: ClipRecipe = {
  normalize: 'unit-range',
  streams: ['j', 'bm'],
  sampling: 'resample',
  clipLength: 8,
  persons: 1,
  view: true,
  scale: 0.1,
  rotation: 0.3,
  flip: 0.5,
}

const opened: LoadingThreads[] = []
afterAll(() => Promise.all(opened.map((threads) => threads.close())))

function threadsFor(dataset: Dataset, count: number) {
  const samples = new ClipSamples(dataset, recipe)
  const threads = new LoadingThreads(samples, count)
  opened.push(threads)
  return { samples, threads }
}

describe('loading threads', () => {
  it('make the batches that are made without them, in whatever order they are done', async () => {
    const { samples, threads } = threadsFor(datasetOf('synthetic', classes, clips), 2)
    const root = new CounterStream(5)
    const orders = [[0, 3, 3], [7], [1, 2, 4, 5]]
    const batches = await Promise.all(orders.map((indices, i) => threads.batch(indices, root.fork('batch', i))))
    batches.forEach((batch, i) => {
      expect(batch).toEqual(samples.trainingBatch(orders[i], root.fork('batch', i)))
    })
  })

  it('give the failure of a clip to whoever waits for its batch, and go on', async () => {
    const whole = datasetOf('synthetic', classes, clips)
    const broken: Dataset = {
      ...whole,
      clip(index) {
        const clip = whole.clip(index)
        return index === 0 ? { ...clip, points: { ...clip.points, data: null as unknown as Float32Array } } : clip
      },
    }
    const { samples, threads } = threadsFor(broken, 1)
    const random = new CounterStream(1)
    await expect(threads.batch([0], random)).rejects.toThrow()
    expect(await threads.batch([1], random)).toEqual(samples.trainingBatch([1], random))
  })

  it('tell a failure that people can mend from a defect', async () => {
    const whole = datasetOf('synthetic', classes, clips)
    const empty: Dataset = {
      ...whole,
      clip(index) {
        const clip = whole.clip(index)
        return { ...clip, points: { ...clip.points, frames: 0, data: new Float32Array(0) } }
      },
    }
    const { samples, threads } = threadsFor(empty, 1)
    const random = new CounterStream(1)
    const failureOf = (make: () => unknown) =>
      Promise.resolve()
        .then(make)
        .catch((error: Error) => error)
    const expected = (await failureOf(() => samples.trainingBatch([0], random))) as Error
    const failure = (await failureOf(() => threads.batch([0], random))) as Error
    expect(expected).toBeInstanceOf(OssatureError)
    expect(failure).toBeInstanceOf(OssatureError)
    expect(failure.message).toBe(expected.message)
  })

  it('refuse what they have not made when they are closed', async () => {
    const { threads } = threadsFor(datasetOf('synthetic', classes, clips), 1)
    const refused = expect(threads.batch([0], new CounterStream(1))).rejects.toThrow('no longer loaded')
    await threads.close()
    await refused
    await expect(threads.batch([0], new CounterStream(1))).rejects.toThrow('no longer loaded')
  })
})
