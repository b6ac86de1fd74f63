import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTION_NAMES, generateSynthetic, syntheticSplit } from '../../../src/data/synthetic/index.ts'

describe('a synthetic set', () => {
  const set = generateSynthetic({ clipsPerClass: 3, seed: 3 })

  it('says what it is', () => {
    expect(set.name).toBe('synthetic')
    expect(set.layout).toBe('nw_ucla')
    expect(set.classes).toHaveLength(12)
    expect(set.clips).toHaveLength(36)
  })

  it('holds clips of one person, 20 joints, 24 to 80 frames, in metres before the camera', () => {
    for (const { points, label, layout } of set.clips) {
      expect([points.persons, points.joints, points.channels, layout]).toEqual([1, 20, 3, 'nw_ucla'])
      expect(points.data).toHaveLength(points.frames * 60)
      expect(points.frames).toBeGreaterThanOrEqual(24)
      expect(points.frames).toBeLessThanOrEqual(80)
      expect(label).toBeLessThan(12)
      const seen = (axis: number) => points.data.filter((value, i) => i % 3 === axis && value !== 0)
      expect(Math.max(...seen(0).map(Math.abs))).toBeLessThan(3)
      expect(Math.max(...seen(1).map(Math.abs))).toBeLessThan(2)
      expect(Math.min(...seen(2))).toBeGreaterThan(0.5)
      expect(Math.max(...seen(2))).toBeLessThan(5)
    }
  })

  it('repeats bit for bit with the same seed and differs with another', () => {
    const [first, again, other] = [3, 3, 4].map(
      (seed) => generateSynthetic({ classes: 3, clipsPerClass: 2, seed }).clips,
    )
    expect(again).toEqual(first)
    expect(other[0].points).not.toEqual(first[0].points)
  })

  it('begins with the clips of a smaller set, whatever the other classes are', () => {
    const small = generateSynthetic({ classes: ['squat', 'push'], counts: [2, 3], seed: 3 })
    for (const clip of small.clips) {
      const label = set.classes.indexOf(small.classes[clip.label])
      const same = set.clips.filter((other) => other.label === label)
      expect(same.some((other) => other.points.data.every((value, i) => value === clip.points.data[i]))).toBe(true)
    }
  })

  it('counts the clips of each class as asked', () => {
    const { clips } = generateSynthetic({ classes: 3, counts: [5, 0, 2] })
    expect([0, 1, 2].map((label) => clips.filter((clip) => clip.label === label).length)).toEqual([5, 0, 2])
  })

  it('gives each clip a name of its own in the form of NW-UCLA', () => {
    const { clips } = generateSynthetic({ classes: 2, clipsPerClass: 120, frames: [2, 3] })
    expect(new Set(clips.map((clip) => clip.id)).size).toBe(clips.length)
    for (const { id } of clips) expect(id).toMatch(/^a\d\d_s\d\d_e\d\d_v\d\d$/)
  })

  it('generates every action', () => {
    const { classes, clips } = generateSynthetic({ classes: ACTION_NAMES, clipsPerClass: 1 })
    expect(classes).toEqual(ACTION_NAMES)
    for (const { points } of clips) expect(points.data.every(Number.isFinite)).toBe(true)
  })
})

describe('the split', () => {
  it('shares neither performers nor cameras between training and test', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 6 }), (performers, views) => {
        const set = generateSynthetic({ classes: 3, clipsPerClass: 12, performers, views, frames: [2, 2] })
        const { train, test } = syntheticSplit(set)
        expect([train.length, test.length]).toEqual([24, 12])
        for (const key of ['performer', 'camera'] as const) {
          const known = new Set(train.map((clip) => clip.meta[key]))
          expect(test.some((clip) => known.has(clip.meta[key]))).toBe(false)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('can be generated part by part', () => {
    const options = { classes: 4, seed: 5, frames: [2, 9] } as const
    const { train, test } = syntheticSplit(generateSynthetic({ ...options, clipsPerClass: 9 }))
    expect(generateSynthetic({ ...options, clipsPerClass: 6, part: 'train' }).clips).toEqual(train)
    expect(generateSynthetic({ ...options, clipsPerClass: 3, part: 'test' }).clips).toEqual(test)
  })

  it('gives few clips of a class to different performers', () => {
    const { clips } = generateSynthetic({ classes: 5, clipsPerClass: 4, part: 'train', frames: [2, 2] })
    for (let label = 0; label < 5; label++) {
      const performers = clips.filter((clip) => clip.label === label).map((clip) => clip.meta.performer)
      expect(new Set(performers).size).toBe(4)
    }
  })
})

describe('options that make no sense', () => {
  it.each([
    [{ classes: ['push', 'fly'] }, /no such action[\s\S]*fly/],
    [{ classes: ['push', 'push'] }, /twice/],
    [{ classes: 99 }, /out of range/],
    [{ counts: [1, 2] }, /do not fit/],
    [{ clipsPerClass: 1.5 }, /out of range/],
    [{ performers: 1 }, /cannot divide performers/],
    [{ views: 1 }, /cannot divide views/],
    [{ frames: [9, 4] as const }, /frames/],
    [{ noise: -1 }, /noise/],
    [{ missing: 0.9 }, /missing/],
  ])('%j are refused', (options, message) => {
    expect(() => generateSynthetic(options)).toThrow(message)
  })
})
