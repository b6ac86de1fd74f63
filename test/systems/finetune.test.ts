import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors/safetensors.ts'
import type { StateEntry } from '../../src/nn/index.ts'
import { loadWeightSource, readWeightSource } from '../../src/systems/initial-weights.ts'
import { describeLoadedWeights } from '../../src/systems/weights-report.ts'
import { Variable } from '../../src/tensor/index.ts'
import { readRunOptions } from '../../src/train/run/run-record.ts'
import { ossature } from '../cli/run-cli.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { resultBytes, settings, smallData, train, uclaFiles, writeFiles } from './small-runs.ts'

const newFolder = temporaryFolders()
const source = join(newFolder(), 'source')

/** The tensors of a run's newest checkpoint, with its bytes. */
function checkpoint(run: string, index = -1) {
  const folder = join(run, 'checkpoints', 'train')
  const path = join(folder, readdirSync(folder).sort().at(index)!)
  const bytes = new Uint8Array(readFileSync(path))
  return { path, bytes, tensors: readSafetensors(bytes).tensors }
}

const record = (run: string) => JSON.parse(readFileSync(join(run, 'initial-weights.json'), 'utf8'))
const HEAD = ['cls_head.fc_cls.weight', 'cls_head.fc_cls.bias']

/** The command `finetune` from the weights of `source`, on clips of other classes. */
function finetune(system: string, run: string, options: Parameters<typeof settings>[0]) {
  const data = writeFiles(join(newFolder(), 'data'), uclaFiles())
  return ossature('finetune', system, '--from', source, '--data', data, '--out', run, ...settings(options))
}

beforeAll(async () => {
  await train('baseline', source, smallData(), { epochs: 1 })
}, 60_000)

describe('a run that starts from the weights of another', () => {
  it('begins with them, and tells where they came from', async () => {
    const run = join(newFolder(), 'run')
    // A rate that leaves the weights where they are.
    await train(
      'baseline',
      run,
      smallData(),
      { epochs: 1, learningRate: 1e-30, weightDecay: 0, seed: 5 },
      { from: source },
    )
    const before = checkpoint(source)
    const after = checkpoint(run)
    for (const name of ['backbone.data_bn.weight', ...HEAD]) {
      expect(after.tensors.get(name)!.data, name).toEqual(before.tensors.get(name)!.data)
    }
    expect(record(run)).toMatchObject({
      from: source,
      file: before.path,
      sha256: createHash('sha256').update(before.bytes).digest('hex'),
      missing: [],
      unexpected: [],
      misshaped: [],
    })
    expect(readRunOptions(run).from).toBe(source)
  }, 60_000)

  it('tests them as they are where it has no epochs', async () => {
    const run = join(newFolder(), 'run')
    await train('baseline', run, smallData(), { epochs: 0 }, { from: source })
    expect(resultBytes(run)['scores.safetensors']).toBe(resultBytes(source)['scores.safetensors'])
  }, 60_000)

  it.each(['brl', 'fr-head', 'skateformer'])(
    'needs no epochs in the system %s either',
    async (system) => {
      const { report } = await train(system, join(newFolder(), 'run'), smallData(), { epochs: 0 })
      expect(report.result.top1).toBeGreaterThanOrEqual(0)
    },
    60_000,
  )

  it('keeps its own classifier where the classes are others, and prints so', async () => {
    const run = join(newFolder(), 'run')
    const { code, stderr } = await finetune('brl', run, { epochs: 1, backbone: 'stgcn' })
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/^weights from .*safetensors: \d+ of \d+ tensors taken over$/m)
    expect(stderr).toContain('cls_head.fc_cls.weight [4, 32], not [10, 32]')
    expect(record(run).misshaped.map(({ name }: { name: string }) => name)).toEqual(HEAD)
    expect(record(run).missing).toEqual([])
    // The beginning is kept as the checkpoint of epoch 0.
    const [begun, before] = [checkpoint(run, 0), checkpoint(source)]
    expect(begun.path).toContain('epoch-0000')
    const name = 'backbone.data_bn.weight'
    expect(begun.tensors.get(name)!.data).toEqual(before.tensors.get(name)!.data)
    expect(begun.tensors.get('cls_head.fc_cls.bias')!.shape).toEqual([10])
  }, 60_000)

  it('is not begun where weights of another backbone would be tested, and names that backbone', async () => {
    const run = join(newFolder(), 'run')
    const tested = train('baseline', run, smallData(), { backbone: 'stgcn-original', epochs: 0 }, { from: source })
    await expect(tested).rejects.toThrow(
      /most of the network would be as initialised[\s\S]*found: +\d+ of \d+ tensors, \d+\.\d% of the values\n.*--set backbone=stgcn\.$/,
    )
    expect(existsSync(run)).toBe(false)
  }, 60_000)

  it('only warns of it where the network is trained', async () => {
    const run = join(newFolder(), 'run')
    const { code, stderr } = await finetune('baseline', run, { epochs: 1, backbone: 'stgcn-original' })
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/^ {2}Most of the network is as initialised: .* those of stgcn: .* backbone=stgcn\.$/m)
  }, 60_000)

  it('is not begun when nothing fits, or there are no weights', async () => {
    const run = join(newFolder(), 'run')
    const folder = newFolder()
    const file = join(folder, 'other.safetensors')
    writeFileSync(file, writeSafetensors({ a: { shape: [2], data: new Float32Array(2) } }))
    writeFileSync(join(folder, 'text.pth'), 'walk')
    const attempts: [string, RegExp][] = [
      [file, /these weights fit nothing in the network\n.*backbone\.[\s\S]*found: +a \[2\]/],
      [join(folder, 'text.pth'), /not weights in a known form/],
      [join(folder, 'absent.pth'), /nothing at this path/],
      [folder, /this folder is not a run/],
    ]
    for (const [from, message] of attempts) {
      const trained = train('baseline', run, smallData(), { epochs: 1 }, { from })
      await expect(trained).rejects.toThrow(message)
      await expect(trained).rejects.toThrow(OssatureError)
    }
    expect(existsSync(run)).toBe(false)
  }, 60_000)
})

describe('a run from other weights that is ended and started again', () => {
  const weights = join(newFolder(), 'weights.safetensors')
  const whole = join(newFolder(), 'whole')
  const start = (run: string) => train('baseline', run, smallData(), { epochs: 1 }, { from: weights, resume: true })

  /** The run as it was when the checkpoints of the last epochs were not written yet. */
  function ended(missing: number): string {
    const run = join(newFolder(), 'run')
    cpSync(whole, run, { recursive: true })
    for (let i = 0; i < missing; i++) rmSync(checkpoint(run).path)
    return run
  }

  beforeAll(async () => {
    writeFileSync(weights, checkpoint(source).bytes)
    await start(whole)
  }, 60_000)

  it('ends with the same bytes, and does not read them again', async () => {
    const run = ended(1)
    renameSync(weights, `${weights}-moved`)
    try {
      await start(run)
    } finally {
      renameSync(`${weights}-moved`, weights)
    }
    expect(resultBytes(run)).toEqual(resultBytes(whole))
    expect(record(run)).toEqual(record(whole))
  }, 60_000)

  it('reads them again when it was ended before its first checkpoint', async () => {
    const run = ended(2)
    await start(run)
    expect(resultBytes(run)).toEqual(resultBytes(whole))
  }, 60_000)

  it('is refused when they changed meanwhile, unless it starts over', async () => {
    const run = ended(2)
    const other = writeSafetensors(new Map([['cls_head.fc_cls.bias', { shape: [4], data: new Float32Array(4) }]]))
    const before = new Uint8Array(readFileSync(weights))
    writeFileSync(weights, other)
    try {
      await expect(start(run)).rejects.toThrow(/the weights that this run started from have changed/)
      await train('baseline', run, smallData(), { epochs: 1 }, { from: weights, force: true })
      expect(record(run).loaded).toEqual(['cls_head.fc_cls.bias'])
    } finally {
      writeFileSync(weights, before)
    }
  }, 60_000)

  it('forgets them when it starts over without them', async () => {
    const run = ended(0)
    await train('baseline', run, smallData(), { epochs: 1 }, { force: true })
    expect(existsSync(join(run, 'initial-weights.json'))).toBe(false)
  }, 60_000)
})

describe('readWeightSource', () => {
  it('gives the moving average, which a run tests and exports, in place of the weights of its last step', () => {
    const file = join(newFolder(), 'checkpoint.safetensors')
    const one = (value: number) => ({ shape: [1], data: Float32Array.of(value) })
    writeFileSync(file, writeSafetensors({ 'a.weight': one(1), b: one(2), 'training.average.a.weight': one(3) }))
    const { entries } = readWeightSource(file)
    expect(entries.get('a.weight')!.data[0]).toBe(3)
    expect(entries.get('b')!.data[0]).toBe(2)
  })
})

describe('loadWeightSource', () => {
  it('asks the file for the network alone, not for the state of training beside it', () => {
    const names = ['a.weight', 'training.average.a.weight', 'training.random', 'optimizer.momentum']
    const variables = new Map(names.map((name) => [name, new Variable(name, 'parameter', [1])]))
    const entries = new Map<string, StateEntry>(names.map((name) => [name, { shape: [1], data: [7] }]))
    const { report } = loadWeightSource({ file: 'w', sha256: '', entries }, variables)
    expect(report).toMatchObject({ loaded: ['a.weight'], missing: [], misshaped: [] })
    expect(variables.get('training.average.a.weight')!.values[0]).toBe(0)
  })
})

describe('describeLoadedWeights', () => {
  it('names the nearest name for one that is not in the file, and cuts long lists', () => {
    const names = ['net.a.weight', 'net.b.weight', 'net.c.weight']
    const variables = new Map(names.map((name) => [name, new Variable(name, 'parameter', [2])]))
    const entries = new Map<string, StateEntry>([
      ['module.a.weight', { shape: [2], data: [1, 2] }],
      ['module.b.weigth', { shape: [2], data: [1, 2] }],
      ['module.c.weight', { shape: [3], data: [1, 2, 3] }],
      ...Array.from({ length: 5 }, (_, i) => [`x${i}`, { shape: [1], data: [0] }] as const),
    ])
    const loaded = loadWeightSource({ file: 'w.pth', sha256: '', entries }, variables)
    expect(variables.get('net.a.weight')!.values).toEqual(Float32Array.of(1, 2))
    expect(describeLoadedWeights(loaded)).toEqual([
      'weights from w.pth: 1 of 3 tensors taken over',
      "  names that begin with 'module.' read as 'net....'",
      '  1 of another shape, left as initialised:',
      '    net.c.weight [3], not [2]',
      '  1 not in the file, left as initialised:',
      '    net.b.weight (the file has net.b.weigth)',
      '  6 in the file, not used:',
      ...['    net.b.weigth', '    x0', '    x1', '    x2', '    and 2 more'],
      expect.stringMatching(/^ {2}Most of the network is as initialised.*backbone/),
    ])
  })

  it('says nothing of another network where most values are taken over', () => {
    const variables = new Map(['a', 'b', 'c'].map((name) => [name, new Variable(name, 'parameter', [1])]))
    const entries = new Map<string, StateEntry>(['a', 'b'].map((name) => [name, { shape: [1], data: [1] }]))
    const lines = describeLoadedWeights(loadWeightSource({ file: 'w.pth', sha256: '', entries }, variables))
    expect(lines).toEqual(['weights from w.pth: 2 of 3 tensors taken over', expect.stringMatching(/1 not in/), '    c'])
  })
})

describe('readWeightSource', () => {
  it('reads a file by its content, whatever its name', () => {
    const path = join(newFolder(), 'weights.bin')
    writeFileSync(path, readFileSync(new URL('../files/fixtures/big-endian.pth', import.meta.url)))
    expect([...readWeightSource(path).entries.keys()]).toEqual(['weight', 'bias'])
  })
})
