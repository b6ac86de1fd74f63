import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRun, readRunOptions } from '../../src/train/run/run-record.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { resultBytes, smallData, train } from './small-runs.ts'

const newFolder = temporaryFolders()

it('a run is the same, whether its batches are prepared in threads or between the steps', async () => {
  const [inThreads, between] = [join(newFolder(), 'a'), join(newFolder(), 'b')]
  await train('brl', inThreads, smallData(), { loaders: 2 })
  await train('brl', between, smallData(), { loaders: 0 })
  const { 'options.yaml': _, ...bytes } = resultBytes(inThreads)
  expect(resultBytes(between)).toMatchObject(bytes)
}, 60_000)

describe('a run that goes on', () => {
  it('may take other loaders, and ends with the same bytes', async () => {
    const [whole, resumed] = [join(newFolder(), 'whole'), join(newFolder(), 'resumed')]
    // A cosine would know of the epochs to come.
    const options = { schedule: 'steps' }
    await train('baseline', whole, smallData(), { ...options, loaders: 1 })
    await train('baseline', resumed, smallData(), { ...options, epochs: 1 })
    const warnings: string[] = []
    await train('baseline', resumed, smallData(), { ...options, loaders: 1 }, { resume: true, warnings })
    expect(resultBytes(resumed)).toEqual(resultBytes(whole))
    expect(warnings).toEqual([])
  }, 60_000)

  it('may take other threads with `resume`, and says what that means', async () => {
    const run = join(newFolder(), 'run')
    await train('baseline', run, smallData(), { epochs: 1 })
    const warnings: string[] = []
    await train('baseline', run, smallData(), { threads: 2 }, { resume: true, warnings })
    expect(warnings).toEqual([expect.stringMatching(/^threads=2 goes on with what threads=1 began: .* last bits/)])
    expect(readRunOptions(run)).toMatchObject({ epochs: 2, threads: 2 })
    expect(readRun(run).sessions.map(({ threads }) => threads)).toEqual([1, 2])
  }, 60_000)
})
