import { OssatureError } from '../../errors.ts'
import { sometimes } from '../../random/sometimes.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { takePersons } from '../../skeleton/persons.ts'
import type { Points } from '../../skeleton/points.ts'
import { dropJoints } from '../space/drop-joints.ts'
import { gaussianNoise } from '../space/gaussian-noise.ts'
import { dropAxis } from '../space/mask.ts'
import { oneAxisRotation } from '../space/one-axis-rotation.ts'
import { randomScale } from '../space/random-scale.ts'
import { shear } from '../space/shear.ts'
import { spatialFlip } from '../space/spatial-flip.ts'
import { randomGaussianBlur } from '../time/gaussian-blur.ts'
import { backwards, type TimedClip } from '../time/timed-frames.ts'

type Step = (clip: TimedClip, layout: Layout, people: number, stream: RandomStream) => TimedClip

const PROBABILITY = 0.5
const SCALE = 0.2

/** A step that leaves the frames where they are. */
const onPoints = (step: (points: Points, layout: Layout, stream: RandomStream) => Points): Step => {
  return (clip, layout, _, stream) => ({ ...clip, points: step(clip.points, layout, stream) })
}

/** By their letter or digit, in the order in which they run. */
const STEPS: readonly (readonly [name: string, step: Step])[] = [
  ['a', onPoints((points, _, stream) => sometimes(points, PROBABILITY, stream, inTurn))],
  [
    'b',
    (clip, _, people, stream) => (people === 2 ? sometimes(clip, PROBABILITY, stream, withoutFirst(stream)) : clip),
  ],
  ['1', onPoints((points, _, stream) => sometimes(points, PROBABILITY, stream, (own) => shear(own, stream)))],
  ['2', onPoints((points, _, stream) => oneAxisRotation(points, {}, stream))],
  [
    '3',
    onPoints((points, _, stream) => sometimes(points, PROBABILITY, stream, (own) => randomScale(own, SCALE, stream))),
  ],
  ['4', onPoints((points, layout, stream) => spatialFlip(points, layout, stream))],
  ['5', (clip, _, _people, stream) => sometimes(clip, PROBABILITY, stream, backwards)],
  ['6', onPoints((points, _, stream) => gaussianNoise(points, { deviation: 0.05 }, stream))],
  ['7', onPoints((points, _, stream) => randomGaussianBlur(points, {}, stream))],
  ['8', onPoints((points, _, stream) => dropAxis(points, {}, stream))],
  ['9', onPoints((points, _, stream) => dropJoints(points, {}, stream))],
]

/**
 * Intra-instance augmentation of SkateFormer on NTU RGB+D: the named steps, each with probability 0.5 and always in
 * this order: `a` persons in reverse order, `b` the first of two persons away, `1` shear, `2` rotation about one axis,
 * `3` scale, `4` left and right joints exchanged, `5` time reversed, `6` noise of 5 cm, `7` blur in time, `8` an axis
 * dropped, `9` joints dropped. Steps that are not named draw nothing.
 * @param methods a set of those characters, in the release `a123489`
 * @param people persons in the whole recording, for `b`
 * @throws OssatureError for a step that is not there
 */
export function intraInstance(
  clip: TimedClip,
  layout: Layout,
  methods: string,
  people: number,
  stream: RandomStream,
): TimedClip {
  checkMethods(methods)
  const steps = STEPS.filter(([name]) => methods.includes(name))
  return steps.reduce((own, [, step]) => step(own, layout, people, stream), clip)
}

/** @throws OssatureError for a character that names no step */
function checkMethods(methods: string): void {
  const names = STEPS.map(([name]) => name)
  const unknown = [...methods].find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new OssatureError('there is no such step of the intra-instance augmentation', {
    expected: `some of ${names.join(' ')}`,
    found: `'${unknown}' in '${methods}'`,
  })
}

function inTurn(points: Points): Points {
  return takePersons(
    { points },
    Array.from({ length: points.persons }, (_, i) => points.persons - 1 - i),
  ).points
}

/** The released code draws which of the two, from a range of one. */
function withoutFirst(stream: RandomStream): (clip: TimedClip) => TimedClip {
  return ({ points, index }) => {
    const away = stream.integer(0, 1)
    const rowSize = points.data.length / points.persons
    return { points: { ...points, data: points.data.slice().fill(0, away * rowSize, (away + 1) * rowSize) }, index }
  }
}
