import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSafetensors } from '../../../src/files/safetensors/safetensors.ts'
import { readMetrics } from '../../../src/train/run/metrics-log.ts'
import { temporaryFolders } from '../../train/temporary-folder.ts'
import { resultBytes, smallData, train } from '../small-runs.ts'

const newFolder = temporaryFolders()
const PHASES = { pretrainEpochs: 2, miningFrom: 0.5, queueSize: 24, neighbours: 3 }

/** The tensors of the newest checkpoint of a phase. */
function tensorsOf(run: string, phase: string) {
  const folder = join(run, 'checkpoints', phase)
  const newest = readdirSync(folder).sort().at(-1)!
  return readSafetensors(new Uint8Array(readFileSync(join(folder, newest)))).tensors
}

const ENCODER = /^encoder_q\.(?!fc\.)/

/** Tensors of the encoder by name, without its head. */
function encoderOf(run: string, phase: string) {
  return Object.fromEntries([...tensorsOf(run, phase)].filter(([name]) => ENCODER.test(name)))
}

describe('a run of HiCLR', () => {
  const whole = join(newFolder(), 'whole')

  beforeAll(async () => {
    await train('hiclr', whole, smallData(), PHASES)
  }, 120_000)

  it('trains without labels, then with mined positives, then a linear classifier', () => {
    const lines = readMetrics(join(whole, 'metrics.jsonl'))
    expect(lines.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual([
      'pretrain 1',
      'mining 1',
      'linear 1',
      'linear 2',
    ])
    for (const { loss, contrast, consistency1, consistency2, 'top-1-test': accuracy } of lines.slice(0, 2)) {
      const terms = [contrast, consistency1, consistency2] as number[]
      expect(loss).toBeCloseTo(terms[0] + (terms[1] + terms[2]) / 2, 4)
      expect(accuracy).toBeGreaterThanOrEqual(0)
    }
  })

  it('goes on with the same network when positives are mined', () => {
    const [before, after] = ['pretrain', 'mining'].map((phase) => tensorsOf(whole, phase))
    expect([...after.keys()]).toEqual([...before.keys()])
    expect([before, after].map((tensors) => tensors.get('queue_ptr')!.data[0])).toEqual([16, 32 - 24])
    expect(after.get('training.random')).not.toEqual(before.get('training.random'))
  })

  it('leaves the encoder of the linear classifier as the phases before left it', () => {
    expect(encoderOf(whole, 'linear')).toEqual(encoderOf(whole, 'mining'))
    expect(tensorsOf(whole, 'linear').get('encoder_q.fc.weight')!.shape).toEqual([4, 128])
  })

  it.each([
    ['before the linear classifier', ['linear']],
    ['before positives are mined', ['linear', 'mining']],
  ])(
    'ends with the same bytes when it was ended %s',
    async (_, missing) => {
      const run = join(newFolder(), 'run')
      cpSync(whole, run, { recursive: true })
      for (const phase of missing) rmSync(join(run, 'checkpoints', phase), { recursive: true })
      await train('hiclr', run, smallData(), PHASES, { resume: true })
      expect(resultBytes(run)).toEqual(resultBytes(whole))
    },
    120_000,
  )

  it.each(['linear', 'finetune', 'semi', 'knn'])(
    'gives its encoder to another run: %s',
    async (evaluation) => {
      const run = join(newFolder(), 'run')
      const changes = {
        pretrainEpochs: 0,
        evaluation,
        labels: 0.5,
        epochs: 1,
        learningRate: 1e-30,
        neighbours: 3,
        seed: 5,
      }
      const { report } = await train('hiclr', run, smallData(), changes, { from: whole })
      const given = encoderOf(whole, 'mining')
      const taken = encoderOf(run, evaluation)
      expect(Object.keys(taken)).toEqual(Object.keys(given))
      const weights = Object.keys(given).filter((name) => !/running_/.test(name))
      for (const name of weights) expect(taken[name], name).toEqual(given[name])
      expect(report.notes[0]).toMatch(/^no training without labels/)
      expect(existsSync(join(run, 'metrics.jsonl'))).toBe(true)
    },
    120_000,
  )
})
