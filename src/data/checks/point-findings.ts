import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { Dataset } from '../dataset.ts'
import type { ArrayDefect } from './array-defect.ts'
import type { ClipSurvey } from './clip-survey.ts'
import { type Finding, present } from './findings.ts'

/** Networks for skeletons take two persons, as NTU RGB+D has them. */
const MOST_PERSONS = 2

/** A clip is an outlier when its persons are so many times larger or smaller than usual. */
const SCALE = 8

/** Share of frames without any joint above which a clip is worth a look. */
const MANY_EMPTY_FRAMES = 0.5

/** Share of frames in which a joint must be missing or stuck for a finding about the joint. */
const OFTEN = 0.5

type Known = Pick<Dataset, 'name' | 'layout' | 'joints' | 'entries'>

/** Clips whose arrays cannot be used. */
export function arrayErrors(defects: readonly ArrayDefect[]): Finding[] {
  const places = (code: ArrayDefect['code']) =>
    defects.filter((defect) => defect.code === code).map(({ where }) => where)
  return present([
    {
      severity: 'error',
      code: 'wrong-shape',
      what: 'Points or confidences do not have the length that their shape asks for.',
      where: places('wrong-shape'),
      mend: 'Import the recordings again.',
    },
    {
      severity: 'error',
      code: 'not-finite',
      what: 'Coordinates or confidences are not finite numbers: the loss would become NaN.',
      where: places('not-finite'),
      mend: 'Fill joints that were not seen with 0, or interpolate them.',
    },
  ])
}

/**
 * What is wrong with the points.
 * @param persons that the clips may have at most
 */
export function pointFindings(
  dataset: Known,
  surveys: readonly ClipSurvey[],
  { persons = MOST_PERSONS } = {},
): Finding[] {
  const { entries } = dataset
  const sound = surveys.filter(({ defect }) => !defect)
  const filled = sound.filter(({ presentFrames }) => presentFrames > 0)
  return [
    ...arrayErrors(surveys.flatMap(({ defect }) => defect ?? [])),
    ...present([
      {
        severity: 'error',
        code: 'blank-clip',
        what: 'All coordinates are 0.',
        where: sound.filter(({ presentFrames }) => presentFrames === 0).map(({ id }) => `clip ${id}`),
        mend: 'Leave the clips out.',
      },
      {
        severity: 'warning',
        code: 'mostly-empty-clip',
        what: 'Nobody is there in more than half of the frames.',
        where: filled.flatMap(({ id, index, emptyFrames }) => {
          const { frames } = entries[index]
          return emptyFrames > MANY_EMPTY_FRAMES * frames ? [`clip ${id}: ${emptyFrames} of ${frames} frames`] : []
        }),
        mend: 'Cut the clips to the frames with a person, or leave them out.',
      },
      {
        severity: 'note',
        code: 'person-never-there',
        what: 'A first person is never there while another one is.',
        where: filled.filter(({ emptyPersons }) => emptyPersons.includes(0)).map(({ id }) => `clip ${id}`),
        mend: 'Put the persons who are there first: many networks look at the first one only.',
      },
      {
        severity: 'warning',
        code: 'many-persons',
        what: `Clips have more than ${persons} persons; most networks take the first ${persons}.`,
        where: entries.filter((entry) => entry.persons > persons).map((entry) => `clip ${entry.id}: ${entry.persons}`),
        mend: 'Keep the persons who act, or choose a network for groups.',
      },
      missingJoints(dataset, filled),
      frozenJoints(dataset, filled),
      {
        severity: 'warning',
        code: 'frozen-clip',
        what: 'Nothing moves: all joints keep their place.',
        where: filled
          .filter(({ frozen, missing }) => frozen.length > 0 && frozen.length === missing.length)
          .map(({ id }) => `clip ${id}`),
        mend: 'Leave the clips out, unless standing still is a class.',
      },
      scaleOutliers(filled),
      duplicates(dataset, filled),
    ]),
  ]
}

function missingJoints(dataset: Known, surveys: readonly ClipSurvey[]): Finding {
  const total = surveys.reduce((sum, { presentFrames }) => sum + presentFrames, 0)
  const missing = new Array<number>(dataset.joints).fill(0)
  for (const survey of surveys)
    for (let joint = 0; joint < missing.length; joint++) missing[joint] += survey.missing[joint]
  const places = missing.flatMap((count, joint) =>
    total > 0 && count > OFTEN * total ? [`${jointName(dataset, joint)}: ${percent(count / total)} of the frames`] : [],
  )
  return {
    severity: 'warning',
    code: 'missing-joint',
    what: 'Joints are at 0 in more than half of the frames.',
    where: places,
    mend: 'Check the order of the joints; if the sensor does not see them, choose a layout without them.',
  }
}

function frozenJoints(dataset: Known, surveys: readonly ClipSurvey[]): Finding {
  const moving = surveys.filter(({ frozen, missing }) => frozen.length < missing.length)
  const counts = new Array<number>(dataset.joints).fill(0)
  for (const { frozen } of moving) for (const joint of frozen) counts[joint] += 1
  return {
    severity: 'warning',
    code: 'frozen-joint',
    what: 'Joints never move in more than half of the clips, while others do.',
    where: counts.flatMap((count, joint) =>
      count > OFTEN * moving.length ? [`${jointName(dataset, joint)}: ${count} of ${moving.length} clips`] : [],
    ),
    mend: 'Check the recording: a joint that was not tracked should be 0, not a last known place.',
  }
}

/** Compared with the median over the clips; factors of units are named. */
function scaleOutliers(surveys: readonly ClipSurvey[]): Finding {
  const sizes = surveys
    .map(({ size }) => size)
    .filter((size) => size > 0)
    .sort((a, b) => a - b)
  const usual = sizes[Math.floor(sizes.length / 2)]
  return {
    severity: 'warning',
    code: 'scale-outlier',
    what: 'Persons are far larger or smaller than in the other clips.',
    where: surveys.flatMap(({ id, size }) => {
      const ratio = size / usual
      return size > 0 && (ratio > SCALE || ratio < 1 / SCALE)
        ? [`clip ${id}: ${ratio.toPrecision(2)} times the usual size${unitHint(ratio)}`]
        : []
    }),
    mend: 'Bring all clips to one unit, metres or pixels.',
  }
}

function unitHint(ratio: number): string {
  const factor = ratio > 1 ? ratio : 1 / ratio
  if (factor > 400 && factor < 2500) return ', as millimetres against metres'
  if (factor > 40 && factor < 250) return ', as centimetres against metres'
  return ''
}

function duplicates(dataset: Known, surveys: readonly ClipSurvey[]): Finding {
  return {
    severity: 'warning',
    code: 'doubled-content',
    what: 'Clips hold the same points under different ids.',
    where: sameContent(surveys).map((group) => {
      const labels = new Set(group.map(({ index }) => dataset.entries[index].label))
      return `clips ${group.map(({ id }) => id).join(', ')}${labels.size > 1 ? ', with different labels' : ''}`
    }),
    mend: 'Keep one of each: in both parts of a split they would flatter the result.',
  }
}

/** Groups of clips that hold the same points. */
export function sameContent(surveys: readonly ClipSurvey[]): ClipSurvey[][] {
  const groups = new Map<string, ClipSurvey[]>()
  for (const survey of surveys) {
    const group = groups.get(survey.hash)
    if (group) group.push(survey)
    else groups.set(survey.hash, [survey])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

function jointName({ layout, joints }: Known, joint: number): string {
  try {
    const names = layoutByName(layout).joints
    return names.length === joints ? `joint ${joint} (${names[joint]})` : `joint ${joint}`
  } catch {
    return `joint ${joint}`
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
