import { describe, expect, it } from 'vitest'
import { type ClipRecipe, preparedClip, testSamples, trainingSample } from '../../src/augment/recipes/clip-recipe.ts'
import { seenPoses, withSeenPoses } from '../../src/augment/seen-poses.ts'
import type { Clip } from '../../src/data/clip.ts'
import { datasetOf } from '../../src/data/dataset.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { coco } from '../../src/skeleton/layouts/index.ts'

/** Three persons of 17 joints over two frames: at rest, far moving, a little moving; the first is seen best. */
function clip(): Clip {
  const speeds = [0, 40, 5]
  const seen = [0.9, 0.2, 0.5]
  const rows = speeds.flatMap((speed, person) => [0, 1].map((frame) => ({ person, x: 100 + speed * frame })))
  const data = Float32Array.from(
    rows.flatMap(({ x }) => Array.from({ length: 17 }, (_, v) => [x + v, 50 + 10 * v]).flat()),
  )
  const score = Float32Array.from(rows.flatMap(({ person }) => new Array(17).fill(seen[person])))
  const points = { data, persons: 3, frames: 2, joints: 17, channels: 2 }
  return { id: 'street', label: 0, layout: 'coco', points, score, meta: {} }
}
const personOf = ({ points }: Clip, person: number) => points.data.slice(person * 68, (person + 1) * 68)

describe('the persons of a clip that are seen', () => {
  it.each([
    ['motion', [1, 2]],
    ['score', [0, 2]],
  ] as const)('are those of most %s', (personChoice, expected) => {
    const recorded = clip()
    const { data, persons } = seenPoses(recorded, { persons: 2, personChoice })
    expect(persons).toBe(2)
    expected.forEach((person, row) => {
      expect(data.slice(row * 68, (row + 1) * 68)).toEqual(personOf(recorded, person))
    })
  })

  it('are all of them, untouched, where nothing is chosen', () => {
    const recorded = clip()
    expect(seenPoses(recorded, { persons: 1 })).toBe(recorded.points)
    const dataset = datasetOf('streets', ['walk'], [recorded])
    expect(withSeenPoses(dataset, { persons: 1 })).toBe(dataset)
  })

  it('cannot be chosen by scores that are not there', () => {
    const { score, ...unscored } = clip()
    expect(() => seenPoses(unscored, { persons: 1, personChoice: 'score' })).toThrow(/no scores\n.*motion/)
  })
})

describe('scores as a third channel', () => {
  it('stand behind x and y of each joint, and go with the persons', () => {
    const dataset = withSeenPoses(datasetOf('streets', ['walk'], [clip()]), {
      ...{ persons: 1, personChoice: 'motion', scores: true },
    })
    expect(dataset).toMatchObject({ channels: 3, entries: [{ persons: 1 }] })
    const { points } = dataset.clip(0)
    expect(points).toMatchObject({ persons: 1, channels: 3 })
    expect([...points.data.slice(0, 6)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      ...[100, 50, 0.2],
      ...[101, 60, 0.2],
    ])
  })

  it('are 1 for joints that are there, where a clip has none', () => {
    const { score, ...unscored } = clip()
    unscored.points.data.fill(0, 2, 4)
    const { data } = seenPoses(unscored, { scores: true })
    expect([data[2], data[5], data[8]]).toEqual([1, 0, 1])
  })

  it('belong to poses in an image', () => {
    const points = { data: new Float32Array(9), persons: 1, frames: 1, joints: 3, channels: 3 }
    expect(() => seenPoses({ points }, { scores: true })).toThrow(/2 coordinates\n.*3/)
  })

  const recipe: ClipRecipe = {
    ...{ normalize: 'image', streams: ['j'], sampling: 'uniform', clipLength: 2, persons: 3, scores: true },
    ...{ view: false, scale: 0.5, rotation: 1, flip: 0 },
  }

  it('stay as they are when clips are normalised, scaled and turned', () => {
    const scores = clip().score!
    const prepared = preparedClip(seenPoses(clip(), recipe), recipe, coco)
    const samples = [
      trainingSample(prepared, recipe, coco, new CounterStream(1)),
      ...testSamples(prepared, recipe, coco, 1),
    ]
    for (const { data, channels } of samples) {
      expect(channels).toBe(3)
      expect(data.filter((_, i) => i % 3 === 2)).toEqual(scores)
    }
    const [turned, plain] = samples.map(({ data }) => data.filter((_, i) => i % 3 !== 2))
    expect(turned).not.toEqual(plain)
  })
})
