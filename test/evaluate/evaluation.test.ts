import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accuraciesOf, evaluateScoreFile, rightClips } from '../../src/evaluate/evaluation.ts'
import { renderEvaluation } from '../../src/evaluate/evaluation-text.ts'
import { searchWeights } from '../../src/evaluate/fusion/weight-search.ts'
import { wilsonInterval } from '../../src/evaluate/statistics/wilson.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { scoreFile } from './small-scores.ts'

// Class 0: three of four right, class 1: one of two, class 2: none of two.
const clips = ['00', '00', '00', '01', '11', '12', '20', '21']
const file = scoreFile(clips)
const evaluate = (one = file) => evaluateScoreFile(one, new CounterStream(1), { resamples: 300 })

describe('evaluation of scores', () => {
  const evaluation = evaluate()

  test('accuracies of all, of classes and of groups', () => {
    expect(evaluation).toMatchObject({
      clips: 8,
      top1: 0.5,
      top5: null,
      meanClass: (0.75 + 0.5) / 3,
      many: 0.75,
      medium: 0.5,
      few: 0,
      thirds: { many: 0.75, medium: 0.5, few: 0 },
      perClass: [0.75, 0.5, 0],
      confusion: [
        [3, 1, 0],
        [0, 1, 1],
        [1, 1, 0],
      ],
    })
  })

  test('intervals: of the shares by Wilson, by resampling around the value', () => {
    expect(evaluation.intervals.top1).toEqual(wilsonInterval(0.5, 8))
    expect(evaluation.intervals.perClass).toEqual([
      wilsonInterval(0.75, 4),
      wilsonInterval(0.5, 2),
      wilsonInterval(0, 2),
    ])
    const { top1, meanClass } = evaluation.bootstrap
    expect([top1.value, meanClass.value]).toEqual([0.5, 1.25 / 3])
    for (const { value, low, high } of [top1, meanClass]) {
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
    }
  })

  test('figures agree where scores are equal: top-1 is the diagonal of the confusion matrix', () => {
    const score = fc.constantFrom(0, 0.5, 1, Number.NaN)
    const clip = fc.tuple(score, score, score, fc.nat(2))
    fc.assert(
      fc.property(fc.array(clip, { minLength: 1 }), (rows) => {
        const scores = {
          data: Float64Array.from(rows.flatMap((row) => row.slice(0, 3))),
          samples: rows.length,
          classes: 3,
        }
        const labels = rows.map((row) => row[3])
        const { top1, confusion } = accuraciesOf(scores, labels, undefined)
        const diagonal = confusion.reduce((sum, row, label) => sum + row[label], 0)
        const right = rightClips(scores, labels).reduce((sum, hit) => sum + hit, 0)
        expect([diagonal, right]).toEqual([top1 * rows.length, top1 * rows.length].map(Math.round))
        expect(searchWeights([scores], labels, 1).top1).toBe(top1)
      }),
    )
  })

  test('calibration: 0.8 sure, half right', () => {
    expect(evaluation.calibration.expected).toBeCloseTo(0.3, 12)
    expect(evaluation.calibration.maximum).toBeCloseTo(0.3, 12)
  })

  test('average precision of every class against the rest', () => {
    // At 0.8: class 0 has 3 of its 4 among 4, class 1 one of 2 among 3, class 2 none of 2 among 1; then all 8.
    const expected = [(3 / 4) * (3 / 4) + (1 / 4) * (4 / 8), (1 / 2) * (1 / 3) + (1 / 2) * (2 / 8), 2 / 8]
    const mean = expected.reduce((sum, value) => sum + value, 0) / 3
    expect(evaluation.meanAveragePrecision).toBeCloseTo(mean, 12)
  })

  test('without training clips there are no groups', () => {
    const none = { many: null, medium: null, few: null }
    const result = accuraciesOf(file.probabilities, file.labels, undefined)
    expect(result).toMatchObject({ ...none, thirds: none, top1: 0.5 })
  })

  test('a class without test clips has no accuracy and no interval', () => {
    const { perClass, intervals, meanClass } = evaluate(scoreFile(['00', '11']))
    expect([perClass[2], intervals.perClass[2], meanClass]).toEqual([null, null, 1])
  })
})

describe('as text', () => {
  test('measures, then classes from the most training clips', () => {
    const lines = renderEvaluation('run', file, evaluate()).split('\n')
    expect(lines[0]).toBe('run on plaza: 8 test clips of 3 classes')
    expect(lines.find((line) => line.startsWith('top-1'))).toMatch(/^top-1 +50\.0% +21\.5 to 78\.5 +Wilson$/)
    expect(lines.find((line) => line.startsWith('calibration error, exp'))).toMatch(/30\.0%$/)
    expect(lines.slice(-3).map((line) => line.split(/ {2,}/))).toEqual([
      ['wave', 'many', '120', '4', '75.0%', '30.1 to 95.4', 'sit (1)'],
      ['sit', 'medium', '50', '2', '50.0%', '9.5 to 90.5', 'run (1)'],
      ['run', 'few', '5', '2', '0.0%', '0.0 to 65.8', 'wave (1)'],
    ])
  })

  test('says what is not known, and that data are synthetic; control characters do not reach the terminal', () => {
    const silent = scoreFile(clips, {
      trainCounts: undefined,
      dataset: 'synthetic',
      classes: ['wave', 's\u001b[31mit', 'run'],
    })
    const text = renderEvaluation('run', silent, evaluate(silent))
    expect(text).toContain('no groups of classes')
    expect(text).toContain('Synthetic data')
    expect(text).toContain('s?[31mit')
  })
})
