import { OssatureError } from '../errors.ts'
import type { RandomStream } from '../random/stream.ts'
import { rightClips } from './evaluation.ts'
import type { RunDifference } from './report/report-data.ts'
import type { NamedScores } from './scores/same-clips.ts'
import { type BootstrapSettings, pairedBootstrap, rightShares } from './statistics/bootstrap.ts'
import { holmCorrection, mcNemarTest } from './statistics/mcnemar.ts'

/**
 * Paired tests of every other run against the first, on the same clips: McNemar's exact test, and a paired bootstrap over
 * clips of the differences in top-1 and in class mean. Every run's resampling has a stream of its own.
 * @param runs on the same clips in the same order, see `onSameClips`
 * @throws OssatureError for fewer than two runs
 */
export function compareWithFirst(
  runs: readonly NamedScores[],
  stream: RandomStream,
  settings: BootstrapSettings = {},
): RunDifference[] {
  if (runs.length < 2) throw new OssatureError('a comparison needs at least two runs', { found: `${runs.length}` })
  const [{ file: first }, ...others] = runs
  const { labels } = first
  const { samples, classes } = first.probabilities
  const reference = rightClips(first.probabilities, labels)
  const referenceShares = rightShares(reference, labels, classes)
  const differences = others.map(({ name, file }, index) => {
    const right = rightClips(file.probabilities, labels)
    const shares = rightShares(right, labels, classes)
    const difference = (clips: ArrayLike<number>) => {
      const base = referenceShares(clips)
      return shares(clips).map((share, figure) => share - base[figure])
    }
    const [top1, meanClass] = pairedBootstrap(samples, difference, stream.fork(index), settings)
    const { onlyFirst, onlySecond, pValue } = mcNemarTest(right, reference)
    return { run: name, won: onlyFirst, lost: onlySecond, mcNemar: pValue, top1, meanClass }
  })
  const corrected = holmCorrection(differences.map(({ mcNemar }) => mcNemar))
  return differences.map((difference, index) => ({ ...difference, mcNemarHolm: corrected[index] }))
}
