import { type ClassChoice, chooseClasses } from '../classes/class-choice.ts'
import type { Dataset } from '../dataset.ts'
import { divideByName } from '../splits/by-name.ts'
import { type ClipSurvey, surveyClips } from './clip-survey.ts'
import { type Finding, sortFindings } from './findings.ts'
import { labelFindings } from './label-findings.ts'
import { pointFindings } from './point-findings.ts'
import { splitFindings } from './split-findings.ts'

export interface CheckOptions {
  /** Name of a division to look at as well, see `divideByName`. */
  readonly split?: string
  readonly seed?: number
  /** Look at some classes only. */
  readonly classes?: ClassChoice
  /** Persons that the clips may have at most. */
  readonly persons?: number
  /** Is told how many clips are read. */
  readonly onClip?: (done: number) => void
}

/**
 * Everything that would silently ruin a training, the worst first. Every clip is read once.
 * @throws OssatureError when a clip cannot be read, or the data cannot be divided in the named way
 */
export function findingsOf(dataset: Dataset, options: CheckOptions = {}): Finding[] {
  const { split, seed, classes, persons, onClip } = options
  const division = split === undefined ? undefined : divideByName(dataset, split, { seed, classes })
  const checked = division?.dataset ?? (classes === undefined ? dataset : chooseClasses(dataset, classes))
  const surveys: ClipSurvey[] = surveyClips(checked, onClip)
  return sortFindings([
    ...labelFindings(checked),
    ...pointFindings(checked, surveys, { persons }),
    ...(division
      ? splitFindings(checked, division, { crossSubject: division.crossSubject, protocol: split, surveys })
      : []),
  ])
}
