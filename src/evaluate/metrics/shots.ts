import { OssatureError } from '../../errors.ts'
import { orderByCount, type ShotGroup, shotGroup } from './class-order.ts'

/** Mean accuracy of three groups of classes, in [0, 1]; null for a group without test samples. */
export type GroupAccuracies = Record<ShotGroup, number | null>

/** Group of every class by its number of training clips: many > 100, medium 20 to 100, few < 20 (Liu et al., OLTR, 2019). */
export function groupsByTrainingCount(trainCounts: readonly number[]): ShotGroup[] {
  return trainCounts.map(shotGroup)
}

/**
 * Group of every class by its place when the classes stand from the most to the fewest training clips: the first and the
 * second floor(K / 3) are many and medium, the rest few. That rest is BRL's tail.
 */
export function groupsByThirds(trainCounts: readonly number[]): ShotGroup[] {
  const third = Math.floor(trainCounts.length / 3)
  const groups = new Array<ShotGroup>(trainCounts.length)
  orderByCount(trainCounts).forEach((label, position) => {
    groups[label] = position < third ? 'many' : position < 2 * third ? 'medium' : 'few'
  })
  return groups
}

/**
 * Mean of the accuracies of a group's classes, each class counted alike.
 *
 * @param accuracies by class, null for a class without test samples, which is left out
 * @param groups by class
 * @throws OssatureError when the lists differ in length
 */
export function groupAccuracies(accuracies: readonly (number | null)[], groups: readonly ShotGroup[]): GroupAccuracies {
  if (accuracies.length !== groups.length)
    throw new OssatureError('accuracies and groups are not of the same classes', {
      expected: `${groups.length} accuracies`,
      found: `${accuracies.length}`,
    })
  const meanOf = (group: ShotGroup) => {
    const own = accuracies.filter((_, label) => groups[label] === group).filter((accuracy) => accuracy !== null)
    return own.length > 0 ? own.reduce((sum, accuracy) => sum + accuracy, 0) / own.length : null
  }
  return { many: meanOf('many'), medium: meanOf('medium'), few: meanOf('few') }
}
