import { expect, it } from 'vitest'
import { sequenceForm } from '../../src/skeleton/sequence-form.ts'

it('has joint, coordinate, person in this order within a frame', () => {
  // The number of an element names its place: person, frame, joint, coordinate.
  const [persons, frames, joints, channels] = [2, 2, 3, 2]
  const places = [...Array(persons).keys()].flatMap((m) =>
    [...Array(frames).keys()].flatMap((t) =>
      [...Array(joints).keys()].flatMap((v) => [...Array(channels).keys()].map((c) => 1000 * m + 100 * t + 10 * v + c)),
    ),
  )
  const rows = sequenceForm({ data: Float64Array.from(places), persons, frames, joints, channels })
  expect([...rows.slice(0, 6)]).toEqual([0, 1000, 1, 1001, 10, 1010])
  expect([...rows.slice(12, 14)]).toEqual([100, 1100])
})
