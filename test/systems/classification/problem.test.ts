import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../../src/data/dataset.ts'
import { problemOptions } from '../../../src/systems/classification/options.ts'
import { classificationProblem } from '../../../src/systems/classification/problem.ts'
import { resolveOptions } from '../../../src/systems/options.ts'
import { randomPoints } from '../../skeleton/random-points.ts'

const points = randomPoints({ persons: 1, frames: 2, joints: 20, channels: 3 })
/** 16 clips of class a, 8 of b, 8 of c and 4 of d from which to train, and one more of each to test. */
const SIZES = [16, 8, 8, 4]
const clips = SIZES.flatMap((size, label) =>
  Array.from({ length: size + 1 }, (_, i) => ({
    ...{ id: `a${label + 1}_s0${label}_e${i}_v0${i < size ? 1 : 3}`, label, layout: 'nw_ucla', points },
    meta: { camera: i < size ? 1 : 3 },
  })),
)

function problem(values: Record<string, unknown>, name = 'mine') {
  const options = resolveOptions(problemOptions, [{ origin: '--set', values: { protocol: 'nw-ucla', ...values } }])
  return classificationProblem(datasetOf(name, ['a', 'b', 'c', 'd'], clips), options)
}

describe('the training clips of a classifier', () => {
  it.each([
    ['all', {}, [16, 8, 8, 4]],
    ['a long tail', { imbalance: 8, largest: 16 }, [16, 8, 4, 2]],
    ['a tail in one step', { imbalance: 4, largest: 8, profile: 'step' }, [8, 8, 2, 2]],
    ['counts', { counts: [1, 2, 3, 4] }, [1, 2, 3, 4]],
    ['few shots', { shots: 3 }, [3, 3, 3, 3]],
    ['a share', { share: 0.25 }, [4, 2, 2, 1]],
    ['a share of a long tail', { imbalance: 8, largest: 16, share: 0.5 }, [8, 4, 2, 1]],
    ['few shots of clips that are kept whole', { imbalance: 1, shots: 2 }, [2, 2, 2, 2]],
  ])('are cut to %s', (_, options, expected) => {
    const { train, test, trainCounts } = problem(options)
    expect(trainCounts).toEqual(expected)
    expect(train).toHaveLength(expected.reduce((sum, count) => sum + count))
    expect(new Set(train).size).toBe(train.length)
    expect(train.every((index) => clips[index].meta.camera === 1)).toBe(true)
    expect(test).toHaveLength(4)
  })

  it('are chosen by the seed of the cut', () => {
    for (const cut of [{ shots: 2 }, { share: 0.5 }, { imbalance: 4, largest: 8 }]) {
      const chosen = (cutSeed: number) => problem({ ...cut, cutSeed }).train
      expect(chosen(1)).toEqual(chosen(1))
      expect(chosen(1)).not.toEqual(chosen(2))
    }
  })

  it('tell the size of the largest class: what a long tail asks for, otherwise what there is', () => {
    expect(problem({ imbalance: 8, largest: 15 }).largest).toBe(15)
    expect(problem({ imbalance: 8, largest: 16, share: 0.5 }).largest).toBe(8)
    expect(problem({ counts: [1, 2, 3, 4] }).largest).toBe(4)
  })

  it('of a data set that is published as a long tail are that tail, or another cut', () => {
    expect(problem({ largest: 16 }, 'nw-ucla')).toMatchObject({ trainCounts: [16, 7, 3, 1], uncut: 36 })
    expect(problem({ share: 0.5 }, 'nw-ucla').trainCounts).toEqual([8, 4, 4, 2])
    expect(problem({ share: 0.5, imbalance: 8, largest: 16 }, 'nw-ucla').trainCounts).toEqual([8, 4, 2, 1])
  })

  it('are those of some classes, which are no published long tail', () => {
    const { dataset, trainCounts, test } = problem({ classes: ['d', 'b'] }, 'nw-ucla')
    expect(dataset.classes).toEqual(['b', 'd'])
    expect({ trainCounts, tested: test.length }).toEqual({ trainCounts: [8, 4], tested: 2 })
    expect(problem({ classes: ['d', 'b'], counts: [3, 2] }).trainCounts).toEqual([3, 2])
    expect(() => problem({ classes: ['a'] })).toThrow(/nothing to tell apart/)
  })

  it('may lack classes that are not chosen', () => {
    const options = resolveOptions(problemOptions, [
      { origin: '--set', values: { protocol: 'nw-ucla', classes: ['a', 'b'] } },
    ])
    const recorded = datasetOf('mine', ['a', 'b', 'c', 'd', 'nobody'], clips)
    expect(classificationProblem(recorded, options).trainCounts).toEqual([16, 8])
  })

  it.each([
    ['two cuts', { imbalance: 10, shots: 2 }, /cuts that exclude each other\n.*\n.*found: +imbalance and shots\n/],
    ['a share of few shots', { shots: 2, share: 0.5 }, /found: +shots and share\n/],
    ['counts and shots', { counts: [1, 1, 1, 1], shots: 1 }, /found: +counts and shots\n/],
    ['more shots than there are', { shots: 5 }, /class 'd'.*too few training clips\n.*at least 5\n.*found: +4/],
    ['counts of other classes', { counts: [1, 2] }, /4 whole numbers from 0, one per class/],
    ['no shots', { shots: 0 }, /option shots\n.*integer >= 1/],
    ['no share', { share: 0 }, /option share\n.*> 0/],
    ['more than all', { share: 1.5 }, /option share\n.*<= 1/],
    ['a class without clips', { counts: [1, 1, 0, 1] }, /option counts/],
  ])('cannot be cut to %s', (_, options, message) => {
    expect(() => problem(options)).toThrow(message)
  })
})
