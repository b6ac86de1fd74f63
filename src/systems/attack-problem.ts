import type { Dataset } from '../data/dataset.ts'
import type { Split } from '../data/splits/splits.ts'
import { CounterStream } from '../random/counter-stream.ts'
import type { AttackOptions } from './attack-options.ts'
import { problemOptions } from './classification/options.ts'
import { classificationProblem } from './classification/problem.ts'

/** Which clips are attacked. All lists are indices of clips. */
export interface AttackProblem {
  readonly dataset: Dataset
  readonly train: readonly number[]
  readonly test: readonly number[]
  /** The test clips, or some of them. */
  readonly attacked: readonly number[]
}

/**
 * The clips that the options choose.
 * @param split the data set's own division, where it has one
 * @throws OssatureError when no protocol is known, or the data are unfit
 */
export function attackProblem(recorded: Dataset, options: AttackOptions, split?: Split): AttackProblem {
  const { protocol, classes, perPerson, cutSeed, clips, seed } = options
  const division = problemOptions.parse({ protocol, classes, perPerson, cutSeed, imbalance: 1 })
  const { dataset, train, test } = classificationProblem(recorded, division, split)
  const stream = new CounterStream(seed).fork('attacked clips')
  const attacked =
    clips === undefined || clips >= test.length ? test : stream.sample([...test], clips).sort((a, b) => a - b)
  return { dataset, train, test, attacked }
}
