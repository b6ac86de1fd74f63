import { expect, it } from 'vitest'
import { describeEnvironment } from '../../../src/train/run/environment.ts'

it('names the program without the folder that it lies in, as reports are passed on', () => {
  const before = process.argv
  process.argv = ['/opt/node', '/home/anna/project/node_modules/.bin/ossature.js', 'train', 'brl', '--data', 'all.zip']
  const { commandLine } = describeEnvironment({ device: 'cpu', seed: 0 })
  process.argv = before
  expect(commandLine).toEqual(['ossature', 'train', 'brl', '--data', 'all.zip'])
})
