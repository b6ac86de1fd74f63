import { expect, it } from 'vitest'
import { checkSmiOptions } from '../../../src/systems/smi-attack/check-options.ts'
import { smiOptions } from '../../../src/systems/smi-attack/options.ts'
import { smallData } from '../small-runs.ts'

const { dataset, split } = smallData()
const problem = { dataset, ...split, attacked: split.test }
const FIT = { batchSize: 4, queue: 8, clusters: 3, droppedCentres: 1 }

function check(values: Readonly<Record<string, unknown>>, learned = 8) {
  return () => checkSmiOptions(smiOptions.parse({ ...FIT, ...values }), problem, learned)
}

it('options that fit each other and the clips are taken', () => {
  expect(check({ corrupted: 20, frames: 12 })).not.toThrow()
})

it.each([
  ['batches that the clips do not fill', { batchSize: 16, queue: 16 }, /16 clips or more\n.*found: +8\n.*batchSize=8/],
  ['more corrupted joints than a clip has', { corrupted: 21 }, /corrupted up to 20\n.*found: +21/],
  ['a queue that holds no whole batches', { queue: 10 }, /a multiple of batchSize 4\n.*found: +10/],
  ['more clusters than clips', { clusters: 9 }, /fewer clips to attack than clusters\n.*9 clips or more\n.*found: +8/],
  ['no cluster that is left', { droppedCentres: 3 }, /droppedCentres below clusters 3\n.*found: +3/],
  [
    'fewer frames than a clip has',
    { frames: 4 },
    /synthetic, clip \w+: .*longer than the frames\D*.*\n.*up to 4 frames/,
  ],
])('%s are refused', (_, values, message) => {
  expect(check(values)).toThrow(message)
})
