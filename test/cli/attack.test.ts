import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadDataset } from '../../src/data/load.ts'
import { madeVictim } from '../attack/made-victim.ts'
import { attackSettings } from '../systems/small-attacks.ts'
import { uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { jsonLines, ossature, ossatureProcess } from './run-cli.ts'

const newFolder = temporaryFolders()
const data = writeFiles(join(newFolder(), 'data'), uclaFiles())
const victims = ['one', 'two'].map((name) => madeVictim(join(newFolder(), name), loadDataset(data)))
const command = (out: string, ...more: string[]) => [
  ...['attack', 'smi', '--victims', victims.join(','), '--data', data, '--out', out],
  ...attackSettings('smi', { epochs: 1, clips: 4 }),
  ...more,
]

describe('ossature attack', () => {
  it('prints the progress on standard error, what became of the victims on standard output', async () => {
    const out = join(newFolder(), 'run')
    const { code, stdout, stderr } = await ossature(...command(out))
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^smi on nw-ucla: 4 clips, budget 0\.01 m\n\nfooled +S2MI-FGSM +MI-FGSM( +MI-FGSM, as smooth)? +random\n-+\none +\d/,
    )
    expect(stdout).toMatch(/\n\nreport: .*run\/report\.html\n$/)
    expect(stderr).toMatch(/^pretraining 1\/1: done in .*loss \d/)
    expect(stderr).toMatch(/\nS2MI-FGSM, attack: done in .*\n(.*\n)*victim two: done in .*\n$/)
    expect(existsSync(join(out, 'report.html'))).toBe(true)
  }, 120_000)

  it('prints nothing but JSON lines with --json; without knowledge of the motion there is one attack', async () => {
    const out = join(newFolder(), 'run')
    const { code, stdout, stderr } = await ossature(...command(out, '--json', '--set', 'order=none'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { event, run, result } = jsonLines(stdout).at(-1)!
    expect({ event, run }).toEqual({ event: 'result', run: out })
    expect((result as { attacks: { name: string }[] }).attacks.map(({ name }) => name)).toEqual(['MI-FGSM', 'random'])
  }, 120_000)

  it.each([
    ['clusters', 'clusters=5', /fewer clips to attack than clusters\n.*5 clips or more\n.*4\n.*Lower clusters/],
    ['a queue', 'queue=9', /a queue holds whole batches\n.*multiple of batchSize 4\n.*9/],
    ['a batch', 'batchSize=8', /fewer clips to learn from than fill a batch\n.*8 clips or more\n.*4/],
    ['centres', 'droppedCentres=3', /no cluster is left.*\n.*below clusters 3/],
    ['frames', 'frames=8', /longer than the frames that the encoder sees\n.*up to 8 frames/],
  ])('refuses options that do not fit the clips before anything is written: %s', async (_, setting, message) => {
    const out = join(newFolder(), 'run')
    const { code, stdout, stderr } = await ossature(...command(out, '--set', setting))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(existsSync(out)).toBe(false)
  })

  it('needs victims', async () => {
    const { code, stderr } = await ossatureProcess(['attack', 'smi', '--data', data, '--out', 'x'])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "error: required option '--victims <runs>' not specified\n(add --help for usage)\n",
    })
  }, 120_000)
})
