import type { Dataset } from './dataset.ts'
import type { Finding } from './findings.ts'

/** Fewer clips than this cannot be divided into training and test in a way that means something. */
const FEW_CLIPS = 5

/** What is wrong with ids, labels, classes and lengths; no points are read. */
export function labelFindings({ name, classes, entries }: Pick<Dataset, 'name' | 'classes' | 'entries'>): Finding[] {
  const findings: Finding[] = []
  const add = (finding: Finding) => {
    if (finding.where.length > 0) findings.push(finding)
  }
  if (entries.length === 0) {
    add({
      severity: 'error',
      code: 'no-clips',
      what: 'There are no clips.',
      where: [name],
      mend: 'Import some recordings.',
    })
    return findings
  }
  add({
    severity: 'error',
    code: 'label-out-of-range',
    what: `Labels do not name one of the ${classes.length} classes.`,
    where: entries
      .filter(({ label }) => !(Number.isInteger(label) && label >= 0 && label < classes.length))
      .map(({ id, label }) => `clip ${id}: label ${label}`),
    mend: 'Labels count from 0; correct them or the list of classes.',
  })
  const counts = classes.map(() => 0)
  for (const { label } of entries) if (label in counts) counts[label] += 1
  const used = counts.filter((count) => count > 0).length
  if (classes.length < 2 || used < 2) {
    const what = classes.length < 2 ? 'There is only one class.' : 'All clips are of one class.'
    const mend = 'Add clips of another class: there is nothing to tell apart.'
    add({
      severity: 'error',
      code: 'one-class',
      what,
      where: [classes.find((_, label) => counts[label] > 0) ?? name],
      mend,
    })
  }
  add({
    severity: 'error',
    code: 'doubled-class-name',
    what: 'Classes have the same name.',
    where: [...new Set(classes.filter((title, label) => classes.indexOf(title) !== label))],
    mend: 'Give each class a name of its own.',
  })
  add({
    severity: 'error',
    code: 'class-without-clips',
    what: 'Classes have no clips.',
    where: classes.filter((_, label) => counts[label] === 0),
    mend: 'Record some, or remove the class.',
  })
  add({
    severity: 'warning',
    code: 'class-with-few-clips',
    what: `Classes have fewer than ${FEW_CLIPS} clips.`,
    where: classes.flatMap((title, label) =>
      counts[label] > 0 && counts[label] < FEW_CLIPS ? [`${title}: ${counts[label]}`] : [],
    ),
    mend: 'Record more, or join the class with a similar one.',
  })
  const ids = new Set<string>()
  const doubled = entries.filter(({ id }) => id === '' || ids.size === ids.add(id).size)
  add({
    severity: 'error',
    code: 'doubled-id',
    what: 'Clips have no id of their own.',
    where: doubled.map(({ id }) => (id === '' ? 'a clip without id' : `clip ${id}`)),
    mend: 'Rename the files: an id names one clip.',
  })
  add({
    severity: 'error',
    code: 'empty-clip',
    what: 'Clips have no frames or no persons.',
    where: entries.filter(({ frames, persons }) => !(frames > 0 && persons > 0)).map(({ id }) => `clip ${id}`),
    mend: 'Remove them.',
  })
  add({
    severity: 'warning',
    code: 'single-frame',
    what: 'Clips have a single frame: no motion can be learnt from them.',
    where: entries.filter(({ frames, persons }) => frames === 1 && persons > 0).map(({ id }) => `clip ${id}`),
    mend: 'Check where they were cut, or leave them out.',
  })
  const rates = new Map<number, number>()
  for (const { meta } of entries) if (meta.frameRate) rates.set(meta.frameRate, (rates.get(meta.frameRate) ?? 0) + 1)
  add({
    severity: 'warning',
    code: 'frame-rates-differ',
    what: 'Clips were recorded with different frame rates: the same motion looks faster in some.',
    where:
      rates.size < 2
        ? []
        : [...rates].sort((a, b) => b[1] - a[1]).map(([rate, count]) => `${rate} per second: ${count} clips`),
    mend: 'Resample them to one frame rate: `ossature data convert SOURCE --frame-rate 30 --out STORE`.',
  })
  return findings
}
