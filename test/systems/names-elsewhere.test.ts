import { expect, it } from 'vitest'
import { systemNamed } from '../../src/systems/index.ts'
import { parseSettings } from '../../src/systems/options.ts'

const { options } = systemNamed('baseline')

it.each([
  ['lr=0.1', 'learningRate'],
  ['videos_per_gpu=16', 'batchSize'],
  ['total_epochs=16', 'epochs'],
  ['times=5', 'repeat'],
  ['clip_len=100', 'clipLength'],
  ['feats=b', 'stream'],
])('an option is found by what PYSKL calls it: %s', (setting, name) => {
  expect(() => parseSettings(options, [setting])).toThrow(new RegExp(`Did you mean ${name}\\?$`))
})

it.each([
  ['ctrgcn', 'ctrgcn'],
  ['CTR-GCN', 'ctrgcn'],
  ['ST-GCN++', 'stgcnpp'],
  ['MS-G3D', 'msg3d'],
])('%s as a system is answered with the option for networks', (name, backbone) => {
  expect(() => systemNamed(name)).toThrow(new RegExp(`a network, not a system[^]*--set backbone=${backbone}$`))
})
