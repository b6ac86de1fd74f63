import type { Dataset } from '../dataset.ts'
import type { Split } from '../splits/split.ts'
import { type ArrayDefect, arrayDefect } from './array-defect.ts'
import { type Finding, refuseErrors } from './findings.ts'
import { classErrors, entryErrors } from './label-findings.ts'
import { arrayErrors } from './point-findings.ts'
import { partErrors } from './split-findings.ts'

type Known = Pick<Dataset, 'name' | 'classes' | 'entries'>

/**
 * Refuses a data set that would ruin a training run: wrong labels, doubled ids, clips without frames, classes without
 * clips, coordinates that are no numbers. These are findings of `findingsOf`, too. Every clip is read once.
 *
 * @throws OssatureError naming the clips or classes
 */
export function checkDataset(dataset: Dataset): void {
  refuse(dataset, [...entryErrors(dataset), ...classErrors(dataset)])
  const defects: ArrayDefect[] = []
  for (let i = 0; i < dataset.entries.length; i++) {
    const defect = arrayDefect(dataset.clip(i))
    if (defect) defects.push(defect)
  }
  refuse(dataset, arrayErrors(defects))
}

/** The part of `checkDataset` that concerns ids, labels and lengths; no points are read. */
export function checkEntries(dataset: Known): void {
  refuse(dataset, entryErrors(dataset))
}

/** Clips that are there, none in both parts or twice in one, training clips of every class, at least one test clip. */
export function checkSplit(dataset: Known, split: Split): void {
  refuse(dataset, partErrors(dataset, split))
}

function refuse({ name }: Known, findings: readonly Finding[]): void {
  refuseErrors(findings, name)
}
