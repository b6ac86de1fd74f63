import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classCounts, profileOfSplit } from '../../../src/data/sampling/long-tail.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'
import type { RandomStream } from '../../../src/random/stream.ts'
import { actionAwareWeights, swappedActionAwareWeights } from '../../../src/systems/brl/losses/action-aware.ts'
import { exchangedByRank, tailClasses } from '../../../src/systems/brl/losses/class-ranks.ts'
import { effectiveNumberWeights } from '../../../src/systems/brl/losses/class-weights.ts'
import {
  changeEpochOf,
  createLoss,
  type LossName,
  type LossOptions,
  lossNames,
} from '../../../src/systems/brl/losses/create-loss.ts'
import { weightedMean } from '../../../src/systems/brl/losses/epoch-loss.ts'
import { gradients } from '../../../src/tensor/index.ts'
import { crossEntropies, labels, logits, lossOf, perClip, weightedAverage } from './loss-values.ts'

const classes = 5
const counts = [100, 40, 20, 10, 5]
const noRandomness = new Proxy({} as RandomStream, {
  get: () => () => {
    throw new Error('this loss does not draw')
  },
})
const lossIn = (name: LossName, options: Partial<LossOptions>, epoch: number, random = noRandomness) =>
  lossOf(createLoss(name, { classes, counts, ...options }), epoch, random)
const weightsOf = (name: LossName, options: Partial<LossOptions>, epoch: number, seen?: number[]) =>
  Array.from(createLoss(name, { classes, counts, ...options }).feeds(epoch, 1, noRandomness, seen).classWeights)

describe('losses that weigh classes', () => {
  it.each(['weighted', 'class-balanced', 'balanced-softmax', 'action-aware'] as const)(
    '%s is cross entropy where all classes have equally many clips',
    async (name) => {
      const options = { counts: [30, 30, 30, 30, 30] }
      for (const epoch of [0, 23])
        expect(await lossIn(name, options, epoch)).toBeCloseTo(await lossIn('cross-entropy', {}, epoch), 5)
    },
  )

  it.each(['weighted', 'class-balanced', 'action-aware', 'ldam'] as const)(
    '%s weighs all classes alike before the change epoch',
    (name) => {
      expect(weightsOf(name, {}, 18)).toEqual([1, 1, 1, 1, 1])
      expect(new Set(weightsOf(name, {}, 19)).size).toBe(classes)
    },
  )

  it('takes the mean by the weights of the labels', async () => {
    const weights = counts.map((count) => 175 / count)
    const expected = weightedAverage(
      crossEntropies(logits, labels),
      labels.map((y) => weights[y]),
    )
    expect(await lossIn('weighted', {}, 19)).toBeCloseTo(expected, 5)
  })

  it('normalises weights from effective numbers to the number of classes, rarer classes first', () => {
    const arbitraryCounts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(arbitraryCounts, fc.double({ min: 0, max: 0.9999, noNaN: true }), (n, beta) => {
        const bases = n.map(() => beta)
        for (const weights of [effectiveNumberWeights(bases, n), actionAwareWeights(n), swappedActionAwareWeights(n)])
          expect(weights.reduce((a, b) => a + b)).toBeCloseTo(n.length, 8)
        const weights = effectiveNumberWeights(bases, n)
        const rarest = n.indexOf(Math.min(...n))
        expect(Math.max(...weights) - weights[rarest]).toBeLessThanOrEqual(1e-12)
      }),
    )
  })

  it('weighs by 1 / n where the effective number is the number', () => {
    const [first, second] = effectiveNumberWeights([1 - 1e-9, 1 - 1e-9], [10, 30])
    expect(first / second).toBeCloseTo(3, 5)
  })

  it('adds a margin of at most 0.5, falling with the fourth root of the count, and scales by 30', async () => {
    const margins = counts.map((count) => 0.5 * (5 / count) ** 0.25)
    const scores = logits.map((row, i) => row.map((x, k) => 30 * (x - (k === labels[i] ? margins[k] : 0))))
    expect(await lossIn('ldam', {}, 0)).toBeCloseTo(weightedAverage(crossEntropies(scores, labels)), 4)
  })
})

describe('action-aware loss', () => {
  const ntu60 = classCounts(profileOfSplit('xsub_train', 60))
  const released = { classes: 60, asReleased: true, split: 'xsub_train' }
  const some = (weights: readonly number[]) => [0, 20, 40, 59].map((label) => Number(weights[label].toFixed(5)))

  it('has the published weights for NTU 60 X-Sub', () => {
    expect(some(actionAwareWeights(ntu60))).toEqual([0.04095, 0.30141, 1.03302, 4.07567])
    expect(some(swappedActionAwareWeights(ntu60))).toEqual([1.00787, 0.99989, 0.99823, 0.99789])
  })

  it('keeps its weights from the change epoch on; as released, swaps them in every second epoch', () => {
    const options = { classes: 60, counts: ntu60 }
    const firstWeight = (o: Partial<LossOptions>, epoch: number) => weightsOf('action-aware', o, epoch)[0].toFixed(4)
    const epochs = [18, 19, 20, 21, 22, 23]
    expect(epochs.map((epoch) => firstWeight(options, epoch))).toEqual(['1.0000', ...Array(5).fill('0.0410')])
    expect(epochs.map((epoch) => firstWeight(released, epoch))).toEqual([
      '1.0000',
      '0.0410',
      '1.0079',
      '0.0410',
      '1.0079',
      '0.0410',
    ])
  })

  it('repeats in a resumed run, unless it is told that the released object was new', () => {
    expect(weightsOf('action-aware', released, 22)[0]).toBeCloseTo(1.00787, 5)
    expect(weightsOf('action-aware', released, 22, [])[0]).toBeCloseTo(0.04095, 5)
    expect(weightsOf('action-aware', released, 22, [21])[0]).toBeCloseTo(1.00787, 5)
    expect(weightsOf('action-aware', released, 22, [21, 22, 22])[0]).toBeCloseTo(1.00787, 5)
  })

  it('takes, as released, the counts that belong to the name of the split', () => {
    const options = { counts, asReleased: true, split: 'train', classes: 10 }
    expect(weightsOf('action-aware', options, 19)).toEqual(
      Array.from(Float32Array.from(actionAwareWeights([100, 77, 59, 46, 35, 27, 21, 16, 12, 10]))),
    )
  })
})

describe('losses without weights', () => {
  const probabilities = crossEntropies(logits, labels).map((loss) => Math.exp(-loss))

  it('focal takes (1 - p)^2 of every cross entropy, in two stages from the change epoch on', async () => {
    const focal = weightedAverage(probabilities.map((p) => -((1 - p) ** 2) * Math.log(p)))
    const plain = weightedAverage(crossEntropies(logits, labels))
    expect(await lossIn('focal', {}, 0)).toBeCloseTo(focal, 5)
    expect(await lossIn('two-stage-focal', {}, 18)).toBeCloseTo(plain, 5)
    expect(await lossIn('two-stage-focal', {}, 19)).toBeCloseTo(focal, 5)
  })

  it('cross entropy is the same in all epochs', async () => {
    expect(await lossIn('cross-entropy', {}, 23)).toBeCloseTo(weightedAverage(crossEntropies(logits, labels)), 5)
  })

  it('balanced softmax adds the logarithm of the count in all epochs', async () => {
    const scores = logits.map((row) => row.map((x, k) => x + Math.log(counts[k])))
    const expected = weightedAverage(crossEntropies(scores, labels))
    for (const epoch of [0, 30]) expect(await lossIn('balanced-softmax', {}, epoch)).toBeCloseTo(expected, 5)
  })

  it('gumbel takes the cross entropy of exp(-exp(-x)) from the 21st epoch on', async () => {
    const activations = logits.map((row) => row.map((x) => Math.exp(-Math.exp(-Math.max(-4, Math.min(10, x))))))
    const plain = weightedAverage(crossEntropies(logits, labels))
    expect(await lossIn('gumbel', {}, 19)).toBeCloseTo(plain, 5)
    expect(await lossIn('gumbel', {}, 20)).toBeCloseTo(weightedAverage(crossEntropies(activations, labels)), 5)
  })

  it('kps scales by the logarithm of the count, with the exchanged scales as margins and, from the 17th epoch, factors', async () => {
    const scales = counts.map((count) => Math.log((50 * count) / 5) / Math.log(50))
    const exchanged = [...scales].reverse()
    const margins = exchanged.map((scale) => (0.5 * scale) / exchanged[4])
    const scores = logits.map((row, i) => row.map((x, k) => x * scales[k] - (k === labels[i] ? margins[k] : 0)))
    const scaled = scores.map((row, i) => row.map((x) => x * exchanged[labels[i]]))
    expect(await lossIn('kps', {}, 15)).toBeCloseTo(weightedAverage(crossEntropies(scores, labels)), 5)
    expect(await lossIn('kps', {}, 16)).toBeCloseTo(weightedAverage(crossEntropies(scaled, labels)), 5)
  })

  it('ranks classes by count; as released, by their number', () => {
    const unsorted = [10, 100, 5, 40, 20, 7]
    expect(tailClasses(unsorted, false)).toEqual([false, false, true, false, false, false])
    expect(tailClasses(unsorted, true)).toEqual([true, false, true, false, false, true])
    expect(exchangedByRank(unsorted, unsorted, false)).toEqual([20, 5, 100, 7, 10, 40])
    expect(exchangedByRank(unsorted, unsorted, true)).toEqual([...unsorted].reverse())
  })
})

describe('equalization loss', () => {
  const stream = () => new CounterStream('equalization')
  const kept = (asReleased: boolean, epoch: number) => {
    const loss = createLoss('equalization', { classes, counts, asReleased })
    const all = Array.from(loss.feeds(epoch, 2000, stream()).kept)
    return counts.map((_, label) => all.filter((_, i) => i % classes === label).reduce((a, b) => a + b) / 2000)
  }

  it('leaves out nine in ten tail classes; as released, nearly all others', () => {
    expect(kept(false, 19).slice(0, 3)).toEqual([1, 1, 1])
    for (const share of kept(false, 19).slice(3)) expect(share).toBeCloseTo(0.1, 1)
    for (const share of kept(true, 19).slice(0, 3)) expect(share).toBeLessThan(0.01)
    expect(kept(true, 19).slice(3)).toEqual([1, 1])
  })

  it('draws nothing and is cross entropy before the change epoch', async () => {
    expect(await lossIn('equalization', {}, 18)).toBeCloseTo(weightedAverage(crossEntropies(logits, labels)), 5)
  })

  it('compares the label with the classes that are kept, and never leaves out the label', async () => {
    const all = createLoss('equalization', { classes, counts }).feeds(19, labels.length, stream()).kept
    const scores = logits.map((row, i) =>
      row.map((x, k) => (all[i * classes + k] === 1 || k === labels[i] ? x : Number.NEGATIVE_INFINITY)),
    )
    const expected = weightedAverage(crossEntropies(scores, labels))
    expect(await lossIn('equalization', {}, 19, stream())).toBeCloseTo(expected, 5)
  })
})

describe('the released losses', () => {
  it('never weigh in "weighted" once the first stage was there', async () => {
    expect(weightsOf('weighted', { asReleased: true }, 23)).toEqual([1, 1, 1, 1, 1])
    expect(weightsOf('weighted', { asReleased: true }, 23, [21])[0]).toBeCloseTo(175 / 100, 5)
  })

  it('have no third stage, and say so before the run where its length is known', () => {
    const third = /two stages.*\n.*at most 39 epochs.*\n.*40 epochs/
    for (const name of lossNames) {
      const fails = !['cross-entropy', 'focal', 'ldam', 'gumbel', 'kps'].includes(name)
      const options = { classes, counts, asReleased: true }
      const loss = createLoss(name, options)
      const feed = () => loss.feeds(39, 1, new CounterStream(0))
      const create = () => createLoss(name, { ...options, totalEpochs: 40 })
      for (const attempt of [feed, create]) {
        if (fails) expect(attempt).toThrow(third)
        else expect(attempt).not.toThrow()
      }
      expect(() => createLoss(name, { classes, counts }).feeds(39, 1, new CounterStream(0))).not.toThrow()
    }
  })

  it('change at the 20th epoch, gumbel at the 21st and kps at the 17th, or when told', () => {
    expect(['action-aware', 'gumbel', 'kps'].map((name) => changeEpochOf(name as LossName))).toEqual([20, 21, 17])
    expect(weightsOf('class-balanced', { changeEpoch: 3 }, 1)).toEqual([1, 1, 1, 1, 1])
    expect(weightsOf('class-balanced', { changeEpoch: 3 }, 2)).not.toEqual([1, 1, 1, 1, 1])
  })
})

describe('a loss', () => {
  it('needs a count of at least 1 for every class where it weighs classes', () => {
    expect(() => createLoss('ldam', { classes })).toThrow('needs the number of training clips')
    expect(() => createLoss('ldam', { classes, counts: [1, 2] })).toThrow(/5 counts[\s\S]*found: +2/)
    expect(() => createLoss('ldam', { classes, counts: [3, 2, 0, 1, 1] })).toThrow(/class 2/)
    expect(() => createLoss('focal', { classes, changeEpoch: 0 })).toThrow('change epoch')
    expect(() => createLoss('focal', { classes })).not.toThrow()
  })

  it('lets no gradient through the weights of its mean', async () => {
    const values = await perClip([1, 2, 3, 4], (x) => gradients(weightedMean([{ losses: x, weights: x }]), [x])[0]!)
    expect(values).toEqual([0.1, 0.2, 0.3, 0.4].map((x) => expect.closeTo(x, 6)))
  })
})
