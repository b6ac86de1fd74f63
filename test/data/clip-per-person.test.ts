import { describe, expect, it } from 'vitest'
import type { Clip } from '../../src/data/clip.ts'
import { clipPerPerson } from '../../src/data/clip-per-person.ts'
import { datasetOf } from '../../src/data/dataset.ts'

/** One joint over two frames; a person at 0 is not there. */
function clip(id: string, label: number, places: readonly number[]): Clip {
  const data = Float32Array.from(places.flatMap((x) => [x, x]))
  const score = data.map((x) => x / 10)
  const points = { data, persons: places.length, frames: 2, joints: 1, channels: 1 }
  return { id, label, layout: 'dot', points, score, meta: { camera: label } }
}

const recorded = datasetOf(
  'dots',
  ['a', 'b'],
  [clip('one', 0, [7]), clip('two', 1, [3, 0, 5]), clip('none', 0, [0, 0])],
)
const { dataset, clipsOf } = clipPerPerson(recorded)

describe('a clip per person', () => {
  it('has the label and the origin of the clip, and its place in the name', () => {
    expect(dataset.entries.map(({ id, label, persons, meta }) => [id, label, persons, meta.camera])).toEqual([
      ['one', 0, 1, 0],
      ['two/1', 1, 1, 1],
      ['two/3', 1, 1, 1],
      ['none/1', 0, 1, 0],
    ])
    expect(clipsOf).toEqual([[0], [1, 2], [3]])
  })

  it('holds points and scores of that person alone', () => {
    const { id, points, score } = dataset.clip(2)
    expect(id).toBe('two/3')
    expect(points).toMatchObject({ persons: 1, frames: 2, data: Float32Array.of(5, 5) })
    expect(score).toEqual(Float32Array.of(0.5, 0.5))
    expect(dataset.clip(0).id).toBe('one')
    expect(() => dataset.clip(4)).toThrow(/0 to 3/)
  })
})
