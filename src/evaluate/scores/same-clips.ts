import { OssatureError } from '../../errors.ts'
import type { ScoreFile } from './score-file.ts'

/** Scores with the name by which people know them. */
export interface NamedScores {
  readonly name: string
  readonly file: ScoreFile
}

/**
 * The same scores with the clips of every one in the order of the first, so that they can be compared and fused.
 * @throws OssatureError naming what differs when they are not of the same test clips and classes, or the runs were
 *   trained on other numbers of clips
 */
export function onSameClips<R extends NamedScores>(runs: readonly R[]): R[] {
  if (runs.length === 0) throw new OssatureError('there are no runs to bring together')
  const [first] = runs
  return runs.map((run) => {
    if (run === first) return run
    requireSameProblem(first, run)
    return { ...run, file: inOrderOf(first, run) }
  })
}

/** @throws OssatureError unless both have the same classes and, where both say so, training clips */
export function requireSameProblem(first: NamedScores, other: NamedScores): void {
  requireEqualLists('classes', first, other, first.file.classes, other.file.classes, (k) => `class ${k}`)
  const { dataset } = first.file
  if (dataset !== undefined && other.file.dataset !== undefined && dataset !== other.file.dataset)
    throw differing('data sets', first, other, dataset, other.file.dataset)
  const { trainCounts } = first.file
  if (trainCounts && other.file.trainCounts)
    requireEqualLists('numbers of training clips', first, other, trainCounts, other.file.trainCounts, (k) =>
      String(first.file.classes[k]),
    )
}

function requireEqualLists(
  what: string,
  first: NamedScores,
  other: NamedScores,
  expected: readonly (string | number)[],
  found: readonly (string | number)[],
  place: (index: number) => string,
): void {
  if (expected.length !== found.length) throw differing(what, first, other, `${expected.length}`, `${found.length}`)
  const at = expected.findIndex((value, index) => value !== found[index])
  if (at >= 0) throw differing(what, first, other, `${place(at)}: ${expected[at]}`, `${place(at)}: ${found[at]}`)
}

function inOrderOf(first: NamedScores, other: NamedScores): ScoreFile {
  const { ids, labels } = first.file
  const { probabilities, ids: otherIds, labels: otherLabels } = other.file
  const position = new Map(otherIds.map((id, index) => [id, index]))
  const missing = ids.filter((id) => !position.has(id))
  if (missing.length > 0 || ids.length !== otherIds.length) {
    const absent = missing.length > 0 ? `, ${missing.length} of ${first.name} missing, such as ${missing[0]}` : ''
    throw differing('test clips', first, other, `${ids.length} clips`, `${otherIds.length} clips${absent}`)
  }
  const { samples, classes } = probabilities
  const data = new Float64Array(samples * classes)
  ids.forEach((id, n) => {
    const from = position.get(id)!
    if (otherLabels[from] !== labels[n])
      throw differing('labels', first, other, `${id}: ${labels[n]}`, `${id}: ${otherLabels[from]}`)
    data.set(probabilities.data.subarray(from * classes, (from + 1) * classes), n * classes)
  })
  return { ...other.file, probabilities: { data, samples, classes }, ids, labels }
}

function differing(what: string, first: NamedScores, other: NamedScores, expected: string, found: string) {
  return new OssatureError(`the runs do not belong together: their ${what} differ`, {
    where: other.name,
    expected: `${expected} (as ${first.name})`,
    found,
  })
}

/**
 * @throws OssatureError when a clip on which weights are searched is a test clip
 */
export function requireHeldOut(test: NamedScores, heldOut: NamedScores): void {
  const tested = new Set(test.file.ids)
  const shared = heldOut.file.ids.filter((id) => tested.has(id))
  if (shared.length > 0)
    throw new OssatureError('weights must not be searched on test clips', {
      where: heldOut.name,
      expected: 'scores of held-out training clips',
      found: `${shared.length} clips that ${test.name} is tested on, such as ${shared[0]}`,
      hint: '--search-on-test repeats the published protocol, which does so; its accuracy is flattered.',
    })
}
