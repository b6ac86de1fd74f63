import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scoreFile } from '../evaluate/small-scores.ts'
import { smallData, train } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossature } from './run-cli.ts'
import { writeRunFolder } from './scored-runs.ts'

const newFolder = temporaryFolders()
const run = writeRunFolder(join(newFolder(), 'run'), scoreFile(['00', '00', '01', '11']))

describe('ossature eval', () => {
  it('prints the measures and the classes of a run', async () => {
    const { code, stdout, stderr } = await ossature('eval', run)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^run on plaza: 4 test clips of 3 classes\n/)
    expect(stdout).toMatch(/^top-1 +75\.0% +30\.1 to 95\.4 +Wilson$/m)
    expect(stdout).toMatch(/^wave +many +120 +3 +66\.7% /m)
  })

  it('gives all of it as JSON, with the bins of the calibration, and the same each time', async () => {
    const { stdout } = await ossature('eval', run, '--json')
    const { result, ...rest } = JSON.parse(stdout)
    expect(rest).toEqual({ run, dataset: 'plaza', classes: ['wave', 'sit', 'run'], trainCounts: [120, 50, 5] })
    expect(result).toMatchObject({ top1: 0.75, perClass: [2 / 3, 1, null], clips: 4 })
    expect(result.calibration.bins).toHaveLength(15)
    expect((await ossature('eval', join(run, 'scores.safetensors'), '--json')).stdout).toContain(JSON.stringify(result))
    const other = JSON.parse((await ossature('eval', run, '--json', '--seed', '5', '--resamples', '10')).stdout)
    expect(other.result.bootstrap.top1.value).toBe(0.75)
    expect(other.result.bootstrap).not.toEqual(result.bootstrap)
  })

  it('agrees with what training reported', async () => {
    const out = join(newFolder(), 'trained')
    const { report } = await train('baseline', out, smallData())
    const { result } = JSON.parse((await ossature('eval', out, '--json')).stdout)
    const { top1, top5, meanClass, perClass, confusion } = report.result
    expect(result).toMatchObject({ top1, top5, meanClass, perClass, confusion })
  }, 30_000)

  it('refuses a folder without scores', async () => {
    const { code, stdout, stderr } = await ossature('eval', newFolder())
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('there are no scores')
  })

  it('says how weights are tested', async () => {
    const { code, stderr } = await ossature('eval', join(newFolder(), 'stgcnpp.pth'))
    expect(code).toBe(1)
    expect(stderr).toContain('these are weights, not scores')
    expect(stderr).toContain('--set epochs=0')
  })
})
