import type { Evaluation } from './evaluation.ts'
import { orderByCount, shotGroup } from './metrics/class-order.ts'
import { ABSENT, counted, percent, percentInterval } from './report/format.ts'
import type { ScoreFile } from './scores/score-file.ts'
import { printable, textTable } from './text-table.ts'

type Interval = readonly [low: number, high: number] | null

/** The numbers of one run as text for the terminal: the measures, then one line per class. Ends without a newline. */
export function renderEvaluation(name: string, file: ScoreFile, evaluation: Evaluation): string {
  const { classes, dataset, trainCounts } = file
  const heading = `${name}${dataset === undefined ? '' : ` on ${dataset}`}: ${counted(evaluation.clips, 'test clip')} of ${counted(classes.length, 'class', 'classes')}`
  return [
    printable(heading),
    '',
    ...textTable(measureRows(evaluation)),
    '',
    ...textTable(classRows(file, evaluation)),
    ...(trainCounts ? [] : ['', 'The scores do not tell the training clips per class: no groups of classes.']),
    ...(dataset === 'synthetic' ? ['', 'Synthetic data: not comparable with recordings.'] : []),
  ].join('\n')
}

function measureRows(evaluation: Evaluation): string[][] {
  const { intervals, bootstrap, calibration, thirds } = evaluation
  const row = (name: string, value: number | null, interval: Interval = null, method = '') => [
    name,
    percent(value),
    interval ? percentInterval(interval) : '',
    interval ? method : '',
  ]
  const { top1, meanClass } = bootstrap
  return [
    ['', 'value', '95% interval', ''],
    row('top-1', evaluation.top1, intervals.top1, 'Wilson'),
    row('', evaluation.top1, [top1.low, top1.high], 'bootstrap'),
    row('top-5', evaluation.top5, intervals.top5, 'Wilson'),
    row('class mean', evaluation.meanClass, [meanClass.low, meanClass.high], 'bootstrap'),
    row('many', evaluation.many),
    row('medium', evaluation.medium),
    row('few', evaluation.few),
    row('many/3', thirds.many),
    row('medium/3', thirds.medium),
    row('few/3', thirds.few),
    row('mean average precision', evaluation.meanAveragePrecision),
    row('calibration error, expected', calibration.expected),
    row('calibration error, maximum', calibration.maximum),
  ]
}

/** Classes from the most to the fewest training clips, in their own order when these are not known. */
function classRows({ classes, trainCounts }: ScoreFile, { perClass, confusion, intervals }: Evaluation): string[][] {
  const order = trainCounts ? orderByCount(trainCounts) : [...classes.keys()]
  const rows = order.map((label) => {
    const interval = intervals.perClass[label]
    const counts = trainCounts ? [shotGroup(trainCounts[label]), String(trainCounts[label])] : []
    const total = confusion[label].reduce((sum, count) => sum + count, 0)
    return [
      classes[label],
      ...counts,
      String(total),
      percent(perClass[label]),
      interval ? percentInterval(interval) : ABSENT,
      mistakeOf(confusion[label], label, classes),
    ]
  })
  const heads = trainCounts ? ['group', 'training'] : []
  return [['class', ...heads, 'test', 'accuracy', '95% interval', 'mostly taken for'], ...rows]
}

function mistakeOf(row: readonly number[], label: number, classes: readonly string[]): string {
  const wrong = row.map((count, predicted) => (predicted === label ? 0 : count))
  const most = Math.max(...wrong)
  return most > 0 ? `${classes[wrong.indexOf(most)]} (${most})` : ''
}
