import { expect, test } from 'vitest'
import { ReplayStream } from '../../../golden/fixtures/replay-stream.ts'
import { drawsFromChannelFirst } from '../../../golden/inputs/channel-first.ts'

// Two coordinates, two frames, a joint and two persons: the number c t m stands for person m's coordinate c in frame t.
const nested = [
  [[[0, 1]], [[10, 11]]],
  [[[100, 101]], [[110, 111]]],
]
const clip = { data: new Float32Array(8), persons: 2, frames: 2, joints: 1, channels: 2 }
const byPersons = [0, 100, 10, 110, 1, 101, 11, 111]

test.each([
  ['a nested list', nested],
  ['a list', nested.flat(3)],
  ['an input rule', { values: nested.flat(3), shape: [2, 2, 1, 2] }],
])('noise for a whole clip that is recorded as %s is drawn person by person', (_, result) => {
  const stream = new ReplayStream(drawsFromChannelFirst([{ call: 'numpy.normal', args: [0, 1], result }], clip))
  expect(Array.from({ length: 8 }, () => stream.normal(0, 1))).toEqual(byPersons)
})

test('draws of another shape stay as they are', () => {
  const draws = [
    { call: 'numpy.uniform', args: [-1, 1], result: [[[[3]]], [[[4]]]] },
    { call: 'random.sample', args: ['sequence of 9', 3], result: [5, 1, 8] },
    { call: 'random.random', args: [], result: 0.5 },
  ]
  expect(drawsFromChannelFirst(draws, clip)).toEqual(draws)
})
