import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadDataset } from '../../src/data/load.ts'
import { readRun } from '../../src/train/run/run-record.ts'
import { readScalars } from '../../src/train/run/tensorboard.ts'
import { type Fault, jsonLines, ossatureProcess } from '../cli/run-cli.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { resultBytes, settings, train, uclaFiles, writeFiles } from './small-runs.ts'

const newFolder = temporaryFolders()
const data = join(newFolder(), 'data')
const LENGTH = { epochs: 3, evaluateEvery: 2 }
/** Options of a system's runs. */
const OPTIONS: Record<string, Readonly<Record<string, unknown>>> = {
  baseline: LENGTH,
  brl: { ...LENGTH, dropout: 0.2, tcnDropout: 0.5 },
  // With dropout by default.
  skateformer: LENGTH,
}

/** What ends the run each time it is started, in this order; then it is started once more and left alone. */
const ENDS: Record<string, readonly Fault[]> = {
  baseline: [
    // In the first epoch, when there is no checkpoint.
    { output: '"progress","title":"train 1/3","done":4', happens: 'SIGKILL' },
    { output: '"progress","title":"train 2/3","done":4', happens: 'SIGINT' },
    // The metrics of the epoch are on the disk, its checkpoint is not.
    { before: 'epoch-0002', happens: 'SIGKILL' },
    { output: '"progress","title":"train 3/3","done":4', happens: 'ENOSPC' },
  ],
  brl: [
    { after: 'epoch-0001', happens: 'SIGKILL' },
    { output: '"progress","title":"train 2/3","done":4', happens: 'SIGKILL' },
    { before: 'model.onnx', happens: 'SIGKILL' },
  ],
  skateformer: [{ output: '"progress","title":"train 2/3","done":4', happens: 'SIGKILL' }],
}
/** The last complete epoch when the run is left alone. */
const COMPLETE: Record<string, number> = { baseline: 2, brl: 3, skateformer: 1 }
const CODES = { SIGKILL: 'SIGKILL', SIGINT: 130, ENOSPC: 1 }
const STATUS = { SIGKILL: 'running', SIGINT: 'interrupted', ENOSPC: 'running' }

beforeAll(() => {
  writeFiles(data, uclaFiles())
})

describe.each(Object.keys(ENDS))('%s', (system) => {
  const options = OPTIONS[system]
  const whole = join(newFolder(), 'whole')

  beforeAll(async () => {
    await train(system, whole, { dataset: loadDataset(data) }, options)
  }, 60_000)

  it('gives the same bytes when the same seed is run again, and others with another seed', async () => {
    const again = join(newFolder(), 'again')
    const other = join(newFolder(), 'other')
    await train(system, again, { dataset: loadDataset(data) }, options)
    await train(system, other, { dataset: loadDataset(data) }, { ...options, seed: 1 })
    const expected = resultBytes(whole)
    expect(resultBytes(again)).toEqual(expected)
    const different = resultBytes(other)
    for (const name of Object.keys(expected)) expect(different[name], name).not.toBe(expected[name])
  }, 60_000)

  it('ends with the same bytes however often it is ended before', async () => {
    const run = join(newFolder(), 'ended')
    const command = ['train', system, '--data', data, '--out', run, '--json', ...settings(options, system)]
    for (const fault of ENDS[system]) {
      const { code, stdout, stderr } = await ossatureProcess(command, fault)
      expect(code, stderr).toBe(CODES[fault.happens])
      const last = jsonLines(stdout).at(-1)
      if (fault.happens === 'SIGINT')
        expect(last).toEqual({ event: 'warning', text: expect.stringMatching(/^interrupted; /) })
      expect(readRun(run).status).toBe(STATUS[fault.happens])
      expect(existsSync(join(run, 'report.html'))).toBe(false)
      // A full disk cannot hold the record of the failure, but the message tells of it.
      if (fault.happens === 'ENOSPC')
        expect(stderr).toMatch(/^\S+: cannot write the file\n {2}found: +no space left on the disk\n/)
    }
    const { code, stdout, stderr } = await ossatureProcess(command)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(jsonLines(stdout)[1]).toEqual({ event: 'note', text: `train: going on after epoch ${COMPLETE[system]}` })
    expect(resultBytes(run)).toEqual(resultBytes(whole))
    expect(scalars(run)).toEqual(scalars(whole))
    expect(readdirSync(run).map(withoutTimes).sort()).toEqual(readdirSync(whole).map(withoutTimes).sort())
    const { sessions } = readRun(run)
    expect(sessions.map(({ status }) => status)).toEqual([...ENDS[system].map(() => 'interrupted'), 'finished'])
  }, 120_000)
})

function scalars(run: string) {
  const name = readdirSync(run).find((file) => file.startsWith('events.out'))!
  return readScalars(join(run, name)).map(({ step, tag, value }) => ({ step, tag, value }))
}

function withoutTimes(name: string): string {
  return name.replace(/^events\.out\.tfevents\..*/, 'events')
}
