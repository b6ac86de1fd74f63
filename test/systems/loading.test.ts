import { join } from 'node:path'
import { expect, it } from 'vitest'
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
