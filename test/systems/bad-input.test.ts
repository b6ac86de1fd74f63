import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { newestCheckpoint } from '../../src/train/run/run-checkpoints.ts'
import { readRun } from '../../src/train/run/run-record.ts'
import { ossature, ossatureProcess } from '../cli/run-cli.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { settings, smallData, train, uclaFiles, writeFiles } from './small-runs.ts'

const newFolder = temporaryFolders()
const FILES = uclaFiles()
const FIRST = [...FILES.keys()].sort()[0]
const fit = writeFiles(join(newFolder(), 'fit'), FILES)

/** The fit files with one changed, or with all but some. */
function changed(name: string, change: (text: string) => string): string {
  return writeFiles(join(newFolder(), 'data'), new Map(FILES).set(name, change(FILES.get(name)!)))
}

function without(drop: RegExp): string {
  return writeFiles(join(newFolder(), 'data'), new Map([...FILES].filter(([name]) => !drop.test(name))))
}

function zipped(keep = 1): string {
  const path = join(newFolder(), 'all_sqe.zip')
  const bytes = zipSync(Object.fromEntries([...FILES].map(([name, text]) => [name, strToU8(text)])))
  writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * keep)))
  return path
}

/** `train baseline` on data that are to be refused: the message; nothing may be left of the run. */
async function refusal(data: string, ...more: string[]): Promise<string> {
  const runs = join(newFolder(), 'runs')
  const ended = await ossature('train', 'baseline', '--data', data, '--out', join(runs, 'run'), ...settings(), ...more)
  expect(existsSync(runs), 'something was written').toBe(false)
  return messageOf(ended)
}

/** A failure that people can mend: exit code 1, nothing on standard output, a message without a stack trace. */
function messageOf({ code, stdout, stderr }: Awaited<ReturnType<typeof ossature>>): string {
  expect(code, stderr).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).not.toMatch(/^\s+at /m)
  return stderr
}

describe('unfit data', () => {
  it('in an archive that was cut off', async () => {
    expect(await refusal(zipped(0.7))).toMatch(/^\S+all_sqe\.zip: the zip archive is damaged or incomplete\n/)
  })

  it('in a file that is not JSON', async () => {
    const message = await refusal(changed(FIRST, (text) => text.slice(0, 500)))
    expect(message).toMatch(/^\S+a01_s\d\d_e\d\d_v\d\d\.json: the file is not JSON\n/)
  })

  it.each([
    ['null', 'null'],
    ['1e999', 'null'],
    ['"0.5"', '"0.5"'],
  ])('with the coordinate %s', async (coordinate, found) => {
    const message = await refusal(changed(FIRST, (text) => text.replace(/(\[\[\[[^,]+),[^,]+/, `$1,${coordinate}`)))
    expect(message).toMatch(/^\S+a01_s\d\d_e\d\d_v\d\d\.json, frame 0, joint 0, y: a coordinate is not a number/)
    expect(message).toContain(`found:    ${found}`)
  })

  it('with a coordinate NaN, which JSON does not know', async () => {
    const message = await refusal(changed(FIRST, (text) => text.replace(/(\[\[\[[^,]+),[^,]+/, '$1,NaN')))
    expect(message).toMatch(/^\S+a01_s\d\d_e\d\d_v\d\d\.json: the file is not JSON\n/)
  })

  it('without one joint', async () => {
    const message = await refusal(changed(FIRST, (text) => text.replace(/\[\[\[[^\]]+\],/, '[[')))
    expect(message).toMatch(/frame 0: .*\n {2}expected: a list of 20 joints\n {2}found: {4}a list of 19/)
  })

  it('with a class that has no training clips', async () => {
    const message = await refusal(without(/^a04_.*_v0[12]/))
    expect(message).toMatch(/^nw-ucla: classes have no training clips\n {2}found: {4}walk around\n/)
  })

  it('with a class that has no clips', async () => {
    expect(await refusal(without(/^a12/))).toMatch(/^nw-ucla: classes have no clips\n {2}found: {4}carry\n/)
  })

  it('without test clips', async () => {
    expect(await refusal(without(/_v03/))).toMatch(/protocol nw-ucla leaves the test part empty/)
  })

  it('that are not there, or nothing that is known', async () => {
    const missing = join(newFolder(), 'nothing.zip')
    expect(await refusal(missing)).toContain(`${missing}: cannot open\n  found:    nothing at this path\n`)
    expect(await refusal(newFolder())).toMatch(
      /the format of the data is unknown\n {2}expected: .*NW-UCLA.*\n {2}found: {4}no files/,
    )
  })
})

describe('a run that diverges', () => {
  it('fails with the place and the learning rate, and says so in its record', async () => {
    const out = join(newFolder(), 'run')
    const changes = settings({ learningRate: 1e30 })
    const ended = await ossature('train', 'baseline', '--data', zipped(), '--out', out, '--quiet', ...changes)
    expect(messageOf(ended)).toMatch(
      /^train, epoch 1, iteration \d: the loss is not a finite number any more\n {2}found: {4}loss \S+ at learning rate \S+\n/,
    )
    expect(readRun(out)).toMatchObject({
      status: 'failed',
      sessions: [{ status: 'failed', ended: expect.any(String) }],
    })
    expect(readdirSync(out)).not.toContain('run.lock')
  })
})

describe('unfit options', () => {
  it('an unknown one: the nearest is named', async () => {
    const message = await refusal(fit, '--set', 'learningrat=0.1')
    expect(message).toBe('--set learningrat=0.1: unknown option learningrat\n  Did you mean learningRate?\n')
  })

  it('a value out of range, of the wrong type, or not in the list', async () => {
    expect(await refusal(fit, '--set', 'epochs=-1')).toMatch(
      /^--set: wrong value for option epochs\n {2}expected: integer >= 0\n {2}found: {4}-1\n/,
    )
    expect(await refusal(fit, '--set', 'flip=often')).toMatch(/^--set flip=often: wrong value for option flip\n/)
    expect(await refusal(fit, '--set', 'backbone=resnet')).toMatch(
      /one of stgcnpp, stgcn, ctrgcn, .*\n {2}found: {4}"resnet"/,
    )
  })

  it('a file of options that is missing or wrong', async () => {
    const file = join(newFolder(), 'mine.yaml')
    expect(await refusal(fit, '--options', file)).toContain(
      `${file}: cannot read the file\n  found:    nothing at this path`,
    )
    writeFileSync(file, 'epochs: [2\n')
    expect(await refusal(fit, '--options', file)).toMatch(/mine\.yaml, line \d+, column \d+: not readable as YAML/)
    writeFileSync(file, '\ufeffepochs: 2\n', 'utf16le')
    expect(await refusal(fit, '--options', file)).toMatch(/mine\.yaml: .*not text in UTF-8\n.*UTF-16\n.*Save it/)
    writeFileSync(file, 'epoch: 2\n')
    expect(await refusal(fit, '--options', file)).toMatch(/mine\.yaml: unknown option epoch\n {2}Did you mean epochs\?/)
  })

  it('a system that does not exist', async () => {
    const message = messageOf(await ossature('train', 'brll', '--data', fit, '--out', join(newFolder(), 'run')))
    expect(message).toMatch(
      /^there is no such system\n {2}expected: baseline, brl, .*\n {2}found: {4}brll\n {2}Did you mean brl\?\n$/,
    )
  })
})

describe('an unfit run folder', () => {
  const into = (out: string, ...more: string[]) =>
    ossature('train', 'baseline', '--data', fit, '--out', out, ...settings(), ...more)

  it('with other files: they stay as they are', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'thesis.tex'), 'mine')
    for (const more of [[], ['--force']]) {
      expect(messageOf(await into(folder, ...more))).toMatch(
        /: this folder is not a run\n(.*\n)* {2}found: {4}thesis\.tex\n/,
      )
      expect(readdirSync(folder)).toEqual(['thesis.tex'])
    }
  })

  it('below a file', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, 'mine')
    const message = messageOf(await into(join(file, 'run')))
    expect(message).toMatch(
      /file\/run: cannot make the folder of the run\n {2}found: {4}a file where a folder is needed\n/,
    )
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('that is a file', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, 'mine')
    expect(messageOf(await into(file))).toMatch(/cannot make the folder of the run/)
  })

  it('on a full disk: nothing is left there', async () => {
    const runs = join(newFolder(), 'runs')
    const args = ['train', 'baseline', '--data', fit, '--out', join(runs, 'run'), ...settings()]
    const message = messageOf(await ossatureProcess(args, { before: 'environment.json', happens: 'ENOSPC' }))
    expect(message).toMatch(/: cannot write the file\n {2}found: {4}no space left on the disk\n/)
    expect(existsSync(runs)).toBe(false)
  }, 30_000)
})

describe('an unfit checkpoint', () => {
  const finished = join(newFolder(), 'run')
  const start = (run: string, changes: Record<string, unknown> = {}) =>
    train('baseline', run, smallData(), { epochs: 1, evaluateEvery: 0, ...changes })
  const again = (run: string, changes: Record<string, unknown> = {}) =>
    train('baseline', run, smallData(), { epochs: 1, evaluateEvery: 0, ...changes }, { resume: true })

  beforeAll(async () => {
    await start(finished)
  }, 30_000)

  /** A copy of the finished run. */
  function copied(): string {
    const run = join(newFolder(), 'run')
    cpSync(finished, run, { recursive: true })
    return run
  }

  it('of another network is refused; the run is recorded as failed and not in use', async () => {
    const run = copied()
    const other = join(newFolder(), 'other')
    await start(other, { width: 16 })
    const [name] = readdirSync(join(run, 'checkpoints', 'train'))
    const before = readFileSync(join(other, 'checkpoints', 'train', name))
    writeFileSync(join(run, 'checkpoints', 'train', name), before)
    await expect(again(run)).rejects.toThrow(
      /^\S+run: the checkpoint is of another network\n {2}expected: backbone\S+ \[[\d, ]+\]\n {2}found: {4}\[[\d, ]+\]\n.*--force/,
    )
    expect(readRun(run).status).toBe('failed')
    expect(readdirSync(run)).not.toContain('run.lock')
    expect(readFileSync(join(run, 'checkpoints', 'train', name)).equals(before)).toBe(true)
  }, 30_000)

  it('that is damaged is refused when there is no other', async () => {
    const run = copied()
    const { path } = newestCheckpoint(run)!
    const bytes = readFileSync(path)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(path, bytes)
    await expect(again(run)).rejects.toThrow(/epoch-0001-step-\d+\.safetensors: the checkpoint is damaged\n/)
  }, 30_000)

  it('of other options is refused before anything is changed', async () => {
    const run = copied()
    const before = readFileSync(join(run, 'environment.json'), 'utf8')
    await expect(again(run, { momentum: 0.5 })).rejects.toThrow(
      /the run was started with other options\n {2}expected: momentum = 0\.9\n {2}found: {4}momentum = 0\.5\n/,
    )
    await expect(start(run)).rejects.toThrow(/this run is finished\n/)
    expect(readFileSync(join(run, 'environment.json'), 'utf8')).toBe(before)
  }, 30_000)

  it('of more epochs than are asked for is refused before anything is changed', async () => {
    const run = copied()
    await again(run, { epochs: 2 })
    const before = readFileSync(join(run, 'environment.json'), 'utf8')
    await expect(again(run)).rejects.toThrow(
      /run, train: the run has been trained for more epochs than are asked for\n.*from 2 on\n.*found: +1\n.*--force/,
    )
    expect(readFileSync(join(run, 'environment.json'), 'utf8')).toBe(before)
    expect(readFileSync(join(run, 'options.yaml'), 'utf8')).toContain('epochs: 2')
  }, 30_000)

  it('of a finished run goes on with more epochs when asked to', async () => {
    const run = copied()
    const { report } = await again(run, { epochs: 2 })
    expect(report.history.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(readRun(run).sessions.map(({ status }) => status)).toEqual(['finished', 'finished'])
  }, 30_000)
})
