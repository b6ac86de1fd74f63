import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { add, assign, f32, multiply, read, trace, Variable } from '../../src/tensor/index.ts'
import type { TrainingPhase } from '../../src/train/phase.ts'
import { createProgress } from '../../src/train/progress/progress-reporters.ts'
import { describeEnvironment } from '../../src/train/run/environment.ts'
import { readMetrics } from '../../src/train/run/metrics-log.ts'
import { newestCheckpoint } from '../../src/train/run/run-checkpoints.ts'
import { openRun } from '../../src/train/run/run-folder.ts'
import { trainPhases } from '../../src/train/train-phase.ts'
import { temporaryFolders } from './temporary-folder.ts'

const newFolder = temporaryFolders()

/** A phase of two epochs with two steps each, which add the learning rate 1 to one value. */
function counting(name: string, more: Partial<TrainingPhase> = {}): TrainingPhase & { readonly value: Variable } {
  const value = new Variable('value', 'parameter', [])
  const step = trace({ learningRate: f32() }, ({ learningRate }) => {
    assign(value, add(read(value), learningRate))
    return { loss: multiply(read(value), 1) }
  })
  const epoch = () => ({
    iterations: 2,
    clips: 1,
    feeds: () => ({}),
    measure: ({ loss }: Record<string, ArrayLike<number>>) => ({ loss: loss[0] }),
  })
  const variables = new Map([['value', value]])
  return { name, epochs: 2, step, learningRate: () => 1, variables, epoch, value, ...more }
}

async function train(path: string, phases: readonly TrainingPhase[], keepEvery?: number): Promise<void> {
  const device = new CpuDevice({ threads: 1 })
  const environment = describeEnvironment({ device: 'cpu', seed: 0, threads: 1 })
  const run = openRun(path, { options: {}, environment })
  const progress = createProgress({ mode: 'quiet', stream: { write: () => true } })
  try {
    await trainPhases(phases, { run, device, progress, keepEvery })
  } finally {
    run.close('interrupted')
  }
}

describe('phases', () => {
  const following = () => {
    const first = counting('pretrain')
    const second = counting('probe', {
      begin() {
        second.value.values[0] = 10 * first.value.values[0]
      },
    })
    return { first, second }
  }

  it('follow each other: the second takes over what the first has learned, and steps are counted over both', async () => {
    const path = join(newFolder(), 'run')
    const { first, second } = following()
    await train(path, [first, second])
    expect([first.value.values[0], second.value.values[0]]).toEqual([4, 44])
    const lines = readMetrics(join(path, 'metrics.jsonl'))
    expect(lines.map(({ phase, epoch, step }) => [phase, epoch, step])).toEqual([
      ['pretrain', 1, 2],
      ['pretrain', 2, 4],
      ['probe', 1, 6],
      ['probe', 2, 8],
    ])
    expect(newestCheckpoint(path)).toMatchObject({ epoch: 2, step: 8 })
  })

  it.each([
    [undefined, [4, 5]],
    [2, [2, 4, 5]],
  ])('keep the checkpoints of every so many epochs: %s', async (keepEvery, kept) => {
    const path = join(newFolder(), 'run')
    await train(path, [counting('train', { epochs: 5 })], keepEvery)
    const names = readdirSync(join(path, 'checkpoints', 'train')).sort()
    expect(names.map((name) => Number(/^epoch-(\d+)/.exec(name)?.[1]))).toEqual(kept)
  })

  it.each(['pretrain', 'probe'])('go on with the same numbers when %s was interrupted after an epoch', async (name) => {
    const path = join(newFolder(), 'run')
    const stopped = following()
    const broken = name === 'pretrain' ? stopped.first : stopped.second
    const whole = broken.epoch
    const phases = [stopped.first, stopped.second].map((phase) =>
      phase === broken ? { ...phase, epoch: (number: number) => (number === 1 ? fail() : whole(number)) } : phase,
    )
    await expect(train(path, phases)).rejects.toThrow('stopped')
    const { first, second } = following()
    await train(path, [first, second])
    expect([first.value.values[0], second.value.values[0]]).toEqual([4, 44])
    expect(readMetrics(join(path, 'metrics.jsonl')).map(({ loss }) => loss)).toEqual([1.5, 3.5, 41.5, 43.5])
  })
})

function fail(): never {
  throw new Error('stopped')
}
