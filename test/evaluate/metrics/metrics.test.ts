import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { meanAveragePrecision } from '../../../src/evaluate/metrics/average-precision.ts'
import {
  balancedAccuracy,
  classAccuracies,
  confusionMatrix,
  meanClassAccuracy,
  occurringClasses,
  perClassAccuracy,
  topAccuracies,
} from '../../../src/evaluate/metrics/metrics.ts'
import { predictions, type Scores } from '../../../src/evaluate/scores/scores.ts'

function scores(...rows: number[][]): Scores {
  return { data: Float64Array.from(rows.flat()), samples: rows.length, classes: rows[0]?.length ?? 0 }
}

describe('top-k accuracy', () => {
  test('counts a sample whose label is among the k highest scores', () => {
    const three = scores([0.1, 0.5, 0.4], [0.1, 0.5, 0.4], [0.1, 0.5, 0.4])
    expect(topAccuracies(three, [1, 2, 0], [1, 2, 3])).toEqual([1 / 3, 2 / 3, 1])
  })

  test('of equal scores the lower class ranks first; the higher one to compare with published figures', () => {
    const tied = scores([1, 1, 1])
    expect([0, 1, 2].map((label) => topAccuracies(tied, [label], [1, 2]))).toEqual([
      [1, 1],
      [0, 1],
      [0, 0],
    ])
    expect([0, 1, 2].map((label) => topAccuracies(tied, [label], [1, 2], { ties: 'higher-class' }))).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
    ])
  })

  test('a score that is no number ranks above all others', () => {
    expect(topAccuracies(scores([2, Number.NaN, 1]), [1], [1])).toEqual([1])
    expect(topAccuracies(scores([2, Number.NaN, 1]), [0], [1, 2])).toEqual([0, 1])
  })

  test('never falls with k and is 1 for all classes', () => {
    const rows = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(rows, (values) => {
        const labels = values.map((row) => row[0] % 4)
        const accuracies = topAccuracies(scores(...values), labels, [1, 2, 3, 4, 5])
        expect(accuracies).toEqual([...accuracies].sort((a, b) => a - b))
        expect(accuracies.slice(3)).toEqual([1, 1])
      }),
    )
  })

  test('labels that do not fit are refused', () => {
    expect(() => topAccuracies(scores([1, 2]), [0, 1], [1])).toThrow(OssatureError)
    expect(() => topAccuracies(scores([1, 2]), [2], [1])).toThrow('expected: 0 to 1')
    expect(() => topAccuracies(scores(), [], [1])).toThrow('at least one sample')
    expect(() => topAccuracies({ data: new Float64Array(3), samples: 1, classes: 2 }, [0], [1])).toThrow('fill')
  })
})

describe('predictions', () => {
  test('are the first of the highest scores', () => {
    expect([...predictions(scores([0, 2, 2], [-3, -4, -5]))]).toEqual([1, 0])
  })

  test('are what is no number, as in NumPy and PyTorch', () => {
    expect([...predictions(scores([0, Number.NaN, 2], [Number.NaN, 1, Number.NaN]))]).toEqual([1, 0])
  })
})

describe('accuracy by class', () => {
  const labels = [0, 0, 0, 2, 2]
  const predicted = [0, 0, 5, 2, 0]

  test('the confusion matrix has truth in rows, over the classes that occur', () => {
    expect(occurringClasses(predicted, labels)).toEqual([0, 2, 5])
    expect(confusionMatrix(predicted, labels)).toEqual([
      [2, 0, 1],
      [1, 1, 0],
      [0, 0, 0],
    ])
  })

  test('or over a list of classes, which has to hold all that occur', () => {
    expect(confusionMatrix([1], [0], [0, 1, 2])).toEqual([
      [0, 1, 0],
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(() => confusionMatrix([1], [0], [0])).toThrow('missing')
    expect(() => confusionMatrix([1], [])).toThrow(OssatureError)
  })

  test('a class that is only predicted has no accuracy; in the published mean it counts as 0', () => {
    expect(classAccuracies(confusionMatrix(predicted, labels))).toEqual([2 / 3, 1 / 2, null])
    expect(perClassAccuracy(predicted, labels)).toEqual([2 / 3, 1 / 2, 0])
    expect(meanClassAccuracy(predicted, labels)).toBeCloseTo((2 / 3 + 1 / 2) / 3, 12)
    expect(balancedAccuracy(confusionMatrix(predicted, labels))).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12)
  })

  test('without samples there is none', () => {
    expect(balancedAccuracy([[0]])).toBeNull()
    expect(() => meanClassAccuracy([], [])).toThrow('at least one sample')
  })
})

describe('mean average precision', () => {
  test("the example of scikit-learn's average_precision_score", () => {
    expect(meanAveragePrecision(scores([0.1], [0.4], [0.35], [0.8]), [0, 0, 1, 1])).toBeCloseTo(5 / 6, 12)
  })

  test('samples of equal scores come in together', () => {
    expect(meanAveragePrecision(scores([1], [1], [0]), [1, 0, 1])).toBeCloseTo(0.5 * 0.5 + 0.5 * (2 / 3), 12)
  })

  test('classes without a positive sample are left out', () => {
    expect(meanAveragePrecision(scores([2, 1], [1, 2]), [1, 0, 0, 0])).toBe(1)
    expect(meanAveragePrecision(scores([2], [1]), [0, 0])).toBeNaN()
  })

  test('targets of another size are refused', () => {
    expect(() => meanAveragePrecision(scores([2, 1]), [1])).toThrow(OssatureError)
  })
})
