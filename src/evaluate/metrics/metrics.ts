import { OssatureError } from '../../errors.ts'
import { checkLabels, ranksAbove, type Scores } from '../scores/scores.ts'

export interface TopAccuracyOptions {
  /**
   * Which class ranks first of equal scores. `lower-class` (default): as `predictions`, so that top-1 is the diagonal of
   * the confusion matrix. `higher-class`: the last k of an ascending `argsort`, as the published code of CTR-GCN, PYSKL and
   * what follows them counts; to compare with its figures.
   */
  readonly ties?: 'lower-class' | 'higher-class'
}

/**
 * Top-k accuracies, in [0, 1], one per entry of `ks`: the share of samples whose label is among the k highest scores. A
 * score that is no number ranks above all others.
 * @throws OssatureError when labels and scores do not fit each other or there are no samples
 */
export function topAccuracies(
  scores: Scores,
  labels: ArrayLike<number>,
  ks: readonly number[],
  { ties = 'lower-class' }: TopAccuracyOptions = {},
): number[] {
  checkLabels(scores, labels)
  if (scores.samples === 0) throw new OssatureError('an accuracy needs at least one sample')
  const hits = new Array<number>(ks.length).fill(0)
  for (let n = 0; n < scores.samples; n++) {
    const rank = rankOfLabel(scores, n, labels[n], ties)
    for (let i = 0; i < ks.length; i++) if (rank < ks[i]) hits[i]++
  }
  return hits.map((count) => count / scores.samples)
}

/** How many classes stand before the label. */
function rankOfLabel(
  { data, classes }: Scores,
  sample: number,
  label: number,
  ties: TopAccuracyOptions['ties'],
): number {
  const row = sample * classes
  const own = data[row + label]
  let rank = 0
  for (let k = 0; k < classes; k++) {
    const other = data[row + k]
    const equalFirst = ties === 'lower-class' ? k < label : k > label
    if (ranksAbove(other, own) || (equalFirst && !ranksAbove(own, other))) rank++
  }
  return rank
}

/** The classes that occur among the true or the predicted ones, ascending. */
export function occurringClasses(predicted: ArrayLike<number>, labels: ArrayLike<number>): number[] {
  return [...new Set([...Array.from(labels), ...Array.from(predicted)])].sort((a, b) => a - b)
}

/**
 * Samples per true class (row) and predicted class (column), for the listed classes in that order; by default those that
 * occur.
 * @throws OssatureError when the lists differ in length or a class is not listed
 */
export function confusionMatrix(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: readonly number[] = occurringClasses(predicted, labels),
): number[][] {
  if (predicted.length !== labels.length)
    throw new OssatureError('predictions and labels are not of the same samples', {
      expected: `${labels.length} predictions`,
      found: `${predicted.length}`,
    })
  const position = new Map(classes.map((label, index) => [label, index]))
  const matrix = classes.map(() => new Array<number>(classes.length).fill(0))
  for (let n = 0; n < labels.length; n++) {
    const row = position.get(labels[n])
    const column = position.get(predicted[n])
    if (row === undefined || column === undefined)
      throw new OssatureError('a class is missing in the confusion matrix', {
        where: `sample ${n}`,
        expected: `one of the classes ${classes.join(', ')}`,
        found: `${row === undefined ? labels[n] : predicted[n]}`,
      })
    matrix[row][column]++
  }
  return matrix
}

/** The accuracy of every class, in [0, 1]: diagonal over row sum; null for a class without true samples. */
export function classAccuracies(confusion: readonly (readonly number[])[]): (number | null)[] {
  return confusion.map((row, own) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return total > 0 ? row[own] / total : null
  })
}

/** The mean of the accuracies of the classes that have true samples, in [0, 1]; null when none has. */
export function balancedAccuracy(confusion: readonly (readonly number[])[]): number | null {
  const known = classAccuracies(confusion).filter((accuracy) => accuracy !== null)
  return known.length > 0 ? mean(known) : null
}

/**
 * The accuracy of every class that occurs among the true or the predicted ones, ascending by class; 0 for a class that is
 * only predicted (PYSKL, BRL).
 */
export function perClassAccuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number[] {
  return classAccuracies(confusionMatrix(predicted, labels)).map((accuracy) => accuracy ?? 0)
}

/**
 * The mean of `perClassAccuracy` (PYSKL's and BRL's mean class accuracy): a class that is only predicted lowers it.
 * @throws OssatureError when there are no samples
 */
export function meanClassAccuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  if (labels.length === 0) throw new OssatureError('an accuracy needs at least one sample')
  return mean(perClassAccuracy(predicted, labels))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
