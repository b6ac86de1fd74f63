import { OssatureError } from '../../errors.ts'
import type { HardClip, ReportComparison, ReportData, ReportRun } from './report-data.ts'

/**
 * Checks that a report's lists fit each other.
 * @throws OssatureError naming the run and the list that does not fit
 */
export function checkReportData(data: ReportData): void {
  if (data.runs.length === 0) {
    throw new OssatureError('a report needs at least one run', { where: data.title, hint: 'Add a finished run.' })
  }
  for (const run of data.runs) checkRun(run)
  if (data.comparison) checkComparison(data, data.comparison)
}

/** A comparison names its runs, so each needs a name of its own. */
function checkComparison({ title, runs }: ReportData, { baseline, tests }: ReportComparison): void {
  const names = runs.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new OssatureError('two runs of a comparison have the same name', { where: title, found: twice })
  }
  if (baseline !== undefined && !names.includes(baseline)) {
    throw new OssatureError('the baseline is not one of the runs', {
      where: title,
      expected: names.join(', '),
      found: baseline,
    })
  }
  if (!tests) return
  const unknown = tests.find(({ run }) => !names.includes(run))
  if (unknown) {
    throw new OssatureError('a test is of none of the runs', {
      where: title,
      expected: names.join(', '),
      found: unknown.run,
    })
  }
  const [first] = runs
  const classes = first.dataset.classes.length
  const other = runs.find(({ dataset }) => dataset.classes.length !== classes)
  if (other) {
    throw new OssatureError('runs that are tested against each other have other classes', {
      where: `run ${other.name}`,
      expected: `${classes} classes, as ${first.name}`,
      found: `${other.dataset.classes.length}`,
    })
  }
}

function checkRun(run: ReportRun): void {
  const { dataset, result } = run
  const classes = dataset.classes.length
  const lists: [string, ArrayLike<unknown>][] = [
    ['dataset.trainCounts', dataset.trainCounts],
    ['dataset.testCounts', dataset.testCounts],
    ['result.perClass', result.perClass],
    ['result.confusion', result.confusion],
    ...result.confusion.map((row, index): [string, ArrayLike<unknown>] => [`result.confusion[${index}]`, row]),
  ]
  for (const [name, list] of lists) {
    if (list.length !== classes) {
      throw new OssatureError(`${name} does not have one entry per class`, {
        where: `run ${run.name}`,
        expected: `${classes} entries`,
        found: `${list.length} entries`,
      })
    }
  }
  for (const clip of run.hardest) checkClip(clip, run)
}

function checkClip(clip: HardClip, run: ReportRun): void {
  const where = `run ${run.name}, clip ${clip.id}`
  const classes = run.dataset.classes.length
  for (const index of [clip.label, clip.predicted]) {
    if (!(Number.isInteger(index) && index >= 0 && index < classes)) {
      throw new OssatureError('a class index is out of range', {
        where,
        expected: `0 to ${classes - 1}`,
        found: String(index),
      })
    }
  }
  const { persons, frames, joints, channels, data } = clip.points
  if (data.length !== persons * frames * joints * channels || channels < 2) {
    throw new OssatureError('the points do not fit their shape', {
      where,
      expected: `(M, T, V, C) = (${persons}, ${frames}, ${joints}, ${channels}) with C >= 2`,
      found: `${data.length} numbers`,
    })
  }
  const stray = run.dataset.bones.find((bone) => bone.some((joint) => joint < 0 || joint >= joints))
  if (stray) {
    throw new OssatureError('a bone names a joint that the clip does not have', {
      where,
      expected: `joints 0 to ${joints - 1}`,
      found: `bone (${stray.join(', ')})`,
    })
  }
}
