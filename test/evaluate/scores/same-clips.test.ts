import { describe, expect, test } from 'vitest'
import { onSameClips, requireHeldOut } from '../../../src/evaluate/scores/same-clips.ts'
import { scoreFile } from '../small-scores.ts'

const first = { name: 'first', file: scoreFile(['00', '12', '22']) }
const other = (clips: string[], changes: Parameters<typeof scoreFile>[1] = {}) => ({
  name: 'other',
  file: scoreFile(clips, changes),
})

describe('runs on the same clips', () => {
  test('get the order of the first', () => {
    const [, { file }] = onSameClips([first, other(['21', '00', '11'], { ids: ['clip 2', 'clip 0', 'clip 1'] })])
    const ordered = scoreFile(['00', '11', '21'])
    expect(file).toEqual(ordered)
  })

  test('belong together when one of them does not tell its training clips or data set', () => {
    const silent = other(['00', '10', '20'], { trainCounts: undefined, dataset: undefined })
    expect(onSameClips([first, silent])).toHaveLength(2)
  })

  test.each<[string, ReturnType<typeof other>, RegExp]>([
    ['fewer clips', other(['00', '12']), /other: .*test clips differ[\s\S]*3 clips[\s\S]*2 clips, 1 .* clip 2/],
    ['more clips', other(['00', '12', '22', '00']), /test clips differ[\s\S]*3 clips[\s\S]*4 clips/],
    ['other clips', other(['00', '12', '22'], { ids: ['clip 0', 'clip 1', 'x'] }), /such as clip 2/],
    ['other labels', other(['00', '22', '22']), /labels differ[\s\S]*clip 1: 1 [\s\S]*clip 1: 2/],
    ['other classes', other(['00', '12', '22'], { classes: ['wave', 'sit', 'walk'] }), /class 2: run[\s\S]*walk/],
    [
      'other counts',
      other(['00', '12', '22'], { trainCounts: [120, 49, 5] }),
      /training clips differ[\s\S]*sit: 50[\s\S]*sit: 49/,
    ],
    ['another data set', other(['00', '12', '22'], { dataset: 'alley' }), /data sets differ[\s\S]*plaza[\s\S]*alley/],
  ])('are refused with %s', (_, run, message) => {
    expect(() => onSameClips([first, run])).toThrow(message)
  })

  test('there must be one', () => {
    expect(() => onSameClips([])).toThrow('no runs')
  })
})

test('held-out clips must not be test clips', () => {
  expect(() => requireHeldOut(first, other(['00'], { ids: ['clip 1'] }))).toThrow(/1 clips .* first is tested on/)
  expect(() => requireHeldOut(first, other(['00'], { ids: ['clip 7'] }))).not.toThrow()
})
