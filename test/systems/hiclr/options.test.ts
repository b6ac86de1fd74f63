import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/data/dataset.ts'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import type { ClassificationProblem } from '../../../src/systems/classification/problem.ts'
import { evaluationRate, evaluationTraining } from '../../../src/systems/hiclr/evaluation-training.ts'
import { hiclrOptions } from '../../../src/systems/hiclr/options.ts'
import { defaultQueueSize, defaultRate, Pretraining } from '../../../src/systems/hiclr/pretraining.ts'
import { frameCacheRecipe, requireFrameCache } from '../../../src/systems/hiclr/recipe.ts'
import { smallData } from '../small-runs.ts'

function problemOf(change: Partial<Dataset> = {}): ClassificationProblem {
  const { dataset, split } = smallData()
  return { dataset: { ...dataset, ...change }, ...split, trainCounts: [4, 4, 4, 4], largest: 4 }
}

const parsed = (values: Readonly<Record<string, unknown>> = {}) => hiclrOptions.parse(values)

describe('length of the queue', () => {
  it('is the published one where there are enough clips, else that of all whole batches', () => {
    expect(defaultQueueSize(128, 40091)).toBe(32768)
    expect(defaultQueueSize(128, 403)).toBe(384)
    expect(defaultQueueSize(48, 40091)).toBe(682 * 48)
  })

  it('is at least a batch', () => {
    expect(defaultQueueSize(128, 100)).toBe(128)
  })
})

describe('rate of the training without labels', () => {
  it('is the published one for the published batch, and in proportion for others', () => {
    expect(defaultRate(128)).toBe(0.1)
    expect(defaultRate(32)).toBeCloseTo(0.025, 12)
  })
})

describe('training with labels', () => {
  it('is that of the published recipe of encoder and evaluation', () => {
    expect(evaluationTraining(parsed())).toMatchObject({
      epochs: 100,
      learningRate: 3,
      milestones: [80],
      weightDecay: 0,
    })
    const tuned = evaluationTraining(parsed({ evaluation: 'finetune', encoder: 'dsta' }))
    expect(tuned).toMatchObject({ epochs: 80, batchSize: 128, milestones: [35, 55], warmUp: 5, weightDecay: 5e-4 })
  })

  it('changes its rate at the same shares of a run of another length', () => {
    expect(evaluationTraining(parsed({ epochs: 50 })).milestones).toEqual([40])
    const semi = evaluationTraining(parsed({ evaluation: 'semi', epochs: 120 }))
    expect(semi).toMatchObject({ milestones: [40, 80], warmUp: 10 })
  })

  it('starts with the full rate, however short it is', () => {
    for (const encoder of ['st-gcn', 'dsta'])
      for (const evaluation of ['linear', 'finetune', 'semi']) {
        const options = parsed({ encoder, evaluation, epochs: 2 })
        const training = evaluationTraining(options)
        const rate = evaluationRate(options, training)({ epoch: 0, iteration: 0, iterationsPerEpoch: 1 })
        expect(rate, `${encoder} ${evaluation}`).toBe(training.learningRate)
      }
  })
})

describe('clips with labels', () => {
  const { dataset } = smallData()
  const basic = (values: Readonly<Record<string, unknown>>) => frameCacheRecipe(parsed(values), dataset).basic

  it('are augmented only where all weights of the transformer are trained, unless asked for', () => {
    expect(basic({ encoder: 'dsta' })).toBe(false)
    expect(basic({ encoder: 'dsta', evaluation: 'semi' })).toBe(true)
    expect(basic({ evaluation: 'finetune' })).toBe(false)
    expect(basic({ evaluation: 'finetune', tuneAugment: true })).toBe(true)
  })
})

describe('unfit clips', () => {
  it('in an image', () => {
    expect(() => requireFrameCache(problemOf({ layout: 'coco', channels: 2, joints: 17 }))).toThrow(
      /HiCLR is defined for joints in space.*\n.*\n.*found: +2 coordinates, layout coco/,
    )
  })

  it('of joints relative to the first one', () => {
    const { dataset } = smallData()
    const problem = problemOf({
      clip(index) {
        const clip = dataset.clip(index)
        const { data, joints, channels } = clip.points
        for (let at = 0; at < data.length; at += joints * channels) data.fill(0, at, at + channels)
        return clip
      },
    })
    expect(() => requireFrameCache(problem)).toThrow(
      /clip a\w+: the first person of a clip is in no frame\n.*\n.*frames where it is\n.*relative to the first one/,
    )
  })
})

describe('unfit options', () => {
  const refused = (values: Readonly<Record<string, unknown>>) => () =>
    new Pretraining(parsed({ width: 8, clipLength: 8, ...values }), problemOf(), new CpuDevice({ threads: 1 }))

  it('batches that hold more clips than there are', () => {
    expect(refused({})).toThrow(
      /fewer training clips than one batch holds\n.*at least 128.*\n.*16\n.*pretrainBatchSize/,
    )
  })

  it('a queue that holds no whole number of batches', () => {
    expect(refused({ pretrainBatchSize: 4, queueSize: 10 })).toThrow(/queue does not hold a whole number of batches/)
  })

  it('more positives than the queue has', () => {
    expect(refused({ pretrainBatchSize: 4, queueSize: 4, nearest: 5 })).toThrow(/at most 4\n.*5/)
  })
})
