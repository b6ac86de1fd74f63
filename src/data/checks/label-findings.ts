import type { Dataset } from '../dataset.ts'
import { type Finding, present } from './findings.ts'

/** Fewer clips than this cannot be divided into training and test in a way that means something. */
const FEW_CLIPS = 5

/** Numbers of classes that a sentence holds. */
const LISTED = 60

type Known = Pick<Dataset, 'name' | 'classes' | 'entries'>

/** What is wrong with ids, labels, classes and lengths; no points are read. */
export function labelFindings(dataset: Known): Finding[] {
  if (dataset.entries.length === 0) return entryErrors(dataset)
  return [...entryErrors(dataset), ...classErrors(dataset), ...labelWarnings(dataset)]
}

/** Clips that no data set can have: without an id of their own, a class or a length. */
export function entryErrors({ name, classes, entries }: Known): Finding[] {
  return present([
    {
      severity: 'error',
      code: 'no-clips',
      what: 'There are no clips.',
      where: entries.length === 0 ? [name] : [],
      mend: 'Import some recordings.',
    },
    {
      severity: 'error',
      code: 'label-out-of-range',
      what: `Labels do not name one of the ${classes.length} classes.`,
      where: entries
        .filter(({ label }) => !(Number.isInteger(label) && label >= 0 && label < classes.length))
        .map(({ id, label }) => `clip ${id}: label ${label}`),
      expected: `0 to ${classes.length - 1}`,
      mend: 'Labels count from 0; correct them or the list of classes.',
    },
    {
      severity: 'error',
      code: 'doubled-id',
      what: 'Clips have no id of their own.',
      where: doubledIds(entries),
      mend: 'Rename the files: an id names one clip.',
    },
    {
      severity: 'error',
      code: 'empty-clip',
      what: 'Clips have no frames or no persons.',
      where: entries
        .filter(({ frames, persons }) => !(frames > 0 && persons > 0))
        .map(({ id, frames, persons }) => `clip ${id}: ${frames} frames, ${persons} persons`),
      mend: 'Remove them.',
    },
  ])
}

/** Classes that cannot be told apart: too few, of one name, or without clips. */
export function classErrors({ name, classes, entries }: Known): Finding[] {
  const counts = clipsPerClass(classes, entries)
  const used = counts.filter((count) => count > 0).length
  const single = classes.length < 2 || used < 2
  return present([
    {
      severity: 'error',
      code: 'one-class',
      what: classes.length < 2 ? 'There is only one class.' : 'All clips are of one class.',
      where: single ? [classes.find((_, label) => counts[label] > 0) ?? name] : [],
      mend: 'Add clips of another class: there is nothing to tell apart.',
    },
    {
      severity: 'error',
      code: 'doubled-class-name',
      what: 'Classes have the same name.',
      where: [...new Set(classes.filter((title, label) => classes.indexOf(title) !== label))],
      mend: 'Give each class a name of its own.',
    },
    {
      severity: 'error',
      code: 'class-without-clips',
      what: 'Classes have no clips.',
      where: classes.filter((_, label) => counts[label] === 0),
      mend: chooseOthers(counts),
    },
  ])
}

/** How to go on with the classes that have clips: by number, since names may have spaces and commas. */
function chooseOthers(counts: readonly number[]): string {
  const used = counts.flatMap((count, label) => (count > 0 ? [label] : []))
  const list = `${used.slice(0, LISTED).join(',')}${used.length > LISTED ? ',...' : ''}`
  return `Record some, or choose the others: \`--set classes=${list}\` of a run, \`--classes ${list}\` of data commands.`
}

function labelWarnings({ classes, entries }: Known): Finding[] {
  const counts = clipsPerClass(classes, entries)
  return present([
    {
      severity: 'warning',
      code: 'class-with-few-clips',
      what: `Classes have fewer than ${FEW_CLIPS} clips.`,
      where: classes.flatMap((title, label) =>
        counts[label] > 0 && counts[label] < FEW_CLIPS ? [`${title}: ${counts[label]}`] : [],
      ),
      mend: 'Record more, or join the class with a similar one.',
    },
    {
      severity: 'warning',
      code: 'single-frame',
      what: 'Clips have a single frame: no motion can be learnt from them.',
      where: entries.filter(({ frames, persons }) => frames === 1 && persons > 0).map(({ id }) => `clip ${id}`),
      mend: 'Check where they were cut, or leave them out.',
    },
    {
      severity: 'warning',
      code: 'frame-rates-differ',
      what: 'Clips were recorded with different frame rates: the same motion looks faster in some.',
      where: differingRates(entries),
      mend: 'Resample them to one frame rate: `ossature data convert SOURCE --frame-rate 30 --out STORE`.',
    },
  ])
}

function clipsPerClass(classes: readonly string[], entries: Known['entries']): number[] {
  const counts = classes.map(() => 0)
  for (const { label } of entries) if (label in counts) counts[label] += 1
  return counts
}

function doubledIds(entries: Known['entries']): string[] {
  const first = new Map<string, number>()
  return entries.flatMap(({ id }, index) => {
    if (id === '') return [`a clip without id (number ${index})`]
    const earlier = first.get(id)
    if (earlier !== undefined) return [`clip ${id} (numbers ${earlier} and ${index})`]
    first.set(id, index)
    return []
  })
}

/** Frame rates and their clips, the most frequent first; none where all are the same. */
function differingRates(entries: Known['entries']): string[] {
  const rates = new Map<number, number>()
  for (const { meta } of entries) if (meta.frameRate) rates.set(meta.frameRate, (rates.get(meta.frameRate) ?? 0) + 1)
  if (rates.size < 2) return []
  return [...rates].sort((a, b) => b[1] - a[1]).map(([rate, count]) => `${rate} per second: ${count} clips`)
}
