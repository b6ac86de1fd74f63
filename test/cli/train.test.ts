import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRun } from '../../src/train/run/run-record.ts'
import { settings, uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { jsonLines, ossature, ossatureProcess } from './run-cli.ts'

const newFolder = temporaryFolders()
const data = writeFiles(join(newFolder(), 'data'), uclaFiles())
const command = (out: string) => ['train', 'baseline', '--data', data, '--out', out, ...settings({ epochs: 1 })]

describe('ossature train', () => {
  it('prints the progress for people on standard error, the result on standard output', async () => {
    const out = join(newFolder(), 'run')
    const { code, stdout, stderr } = await ossature(...command(out))
    expect(code).toBe(0)
    expect(stdout).toMatch(/^run\n\nrun +top-1 +top-5 .*\n-+\nrun +\d+\.\d% .*\n\nreport: .*run\/report\.html\n$/)
    expect(stderr).toMatch(
      /^nw-ucla: 20 clips of 10 classes train \(2 each\); 10 test\ntrain 1\/1: done in .*loss \d.*\ntest: done in .*\n$/,
    )
    expect(existsSync(join(out, 'report.html'))).toBe(true)
  }, 30_000)

  it('prints the result only with --quiet', async () => {
    const { code, stdout, stderr } = await ossature(...command(join(newFolder(), 'run')), '--quiet')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^run\n\nrun +top-1 /)
    expect(stderr).toBe('')
  }, 30_000)

  it('prints nothing but JSON lines on standard output with --json, and nothing else', async () => {
    const out = join(newFolder(), 'run')
    const { code, stdout, stderr } = await ossature(...command(out), '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = jsonLines(stdout)
    expect(lines.map(({ event }) => event).filter((event) => event !== 'progress')).toEqual([
      ...['note', 'begin', 'end', 'begin', 'end', 'result'],
    ])
    expect(lines.at(-1)).toMatchObject({ event: 'result', run: out, result: { top1: expect.any(Number) } })
  }, 30_000)

  it('takes the options of an earlier run of the same system as they stand in its folder', async () => {
    const [first, again] = [join(newFolder(), 'first'), join(newFolder(), 'again')]
    await ossature(...command(first))
    const file = join(first, 'options.yaml')
    const ended = await ossature('train', 'baseline', '--data', data, '--out', again, '--options', file)
    expect(ended, ended.stderr).toMatchObject({ code: 0 })
    const read = (run: string) => readFileSync(join(run, 'options.yaml'), 'utf8')
    expect(read(again)).toBe(read(first))
    const other = await ossature('train', 'brl', '--data', data, '--out', again, '--options', file)
    expect(other.stderr).toMatch(/of another run\n.*brl\n.*baseline/)
  }, 30_000)

  it('finds the data of an earlier run where none are named, and says when they are gone', async () => {
    const folder = newFolder()
    const place = writeFiles(join(folder, 'place'), uclaFiles())
    const [out, again] = [join(folder, 'run'), join(folder, 'again')]
    const small = settings({ epochs: 0, protocol: 'nw-ucla' })
    const [program, path] = ['train', relative(process.cwd(), place)]
    const first = await ossature(
      program,
      'baseline',
      '--data',
      path,
      '--reader-set',
      'name=mine',
      '--out',
      out,
      ...small,
    )
    expect(first, first.stderr).toMatchObject({ code: 0 })
    expect(readRun(out).data).toEqual({ path: place, readerSet: ['name=mine'] })
    const resumed = await ossature(program, 'baseline', '--out', out, '--resume', ...small)
    expect(resumed, resumed.stderr).toMatchObject({ code: 0, stderr: expect.stringMatching(/^mine: /) })
    const options = join(out, 'options.yaml')
    const repeated = await ossature(program, 'baseline', '--out', again, '--options', options)
    expect(repeated, repeated.stderr).toMatchObject({ code: 0 })
    expect(readRun(again).data).toEqual(readRun(out).data)
    for (const name of ['options.yaml', 'model.onnx']) {
      expect(readFileSync(join(again, name)).includes(place), name).toBe(false)
    }
    expect(readFileSync(join(again, 'report.html'), 'utf8')).not.toContain(place)
    renameSync(place, `${place}-moved`)
    const gone = await ossature(program, 'baseline', '--out', out, '--resume', ...small)
    expect(gone).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/place: the data of the run are no longer there\n.*--data/),
    })
  }, 60_000)

  it('refuses --as-released where it has nothing to set, and names who has it', async () => {
    const out = join(newFolder(), 'run')
    const { code, stderr } = await ossature(...command(out), '--as-released')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^--as-released: baseline has no .*\n {2}expected: one of brl, hiclr, smi\n/)
    expect(existsSync(out)).toBe(false)
  })

  it('is refused with a hint where the command line is wrong', async () => {
    const { code, stdout, stderr } = await ossatureProcess([...command('x'), '--epoch', '3'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      "error: unknown option '--epoch'\n(options of the system are set with --set NAME=VALUE; add --help for the flags)\n",
    )
  }, 30_000)
})
