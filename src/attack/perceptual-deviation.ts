import { OssatureError } from '../errors.ts'
import type { Layout } from '../skeleton/layout.ts'
import type { Points } from '../skeleton/points.ts'

/** How much an attack changed clips, in the unit of their coordinates. */
export interface PerceptualDeviation {
  /** Mean over frames of the length of the displacement of the whole frame. */
  readonly position: number
  /** Mean over frames of the length of the vector of all changes of bone lengths. */
  readonly boneLength: number
  /** Mean over joints and frames of the length of the change of acceleration, by second differences of frames. */
  readonly acceleration: number
  /** Mean over clips of the length of the displacement of the whole clip. */
  readonly l2: number
  /** The largest displacement of a coordinate. */
  readonly lInfinity: number
}

/**
 * Perceptual measures of an attack (Lu et al. 2023, arXiv 2308.05681, equation 15, which adds the first three; the
 * normalisers are those of SMART, Wang et al. 2021). Lower is less visible.
 * @param clean clips (M, T, V, C) of one layout, and `attacked` the same clips under the attack
 * @throws OssatureError when the two are not of the same clips, or of none
 */
export function perceptualDeviation(
  clean: readonly Points[],
  attacked: readonly Points[],
  layout: Layout,
): PerceptualDeviation {
  checkPairs(clean, attacked)
  const sums = { position: 0, boneLength: 0, acceleration: 0, l2: 0 }
  let [frames, joints, lInfinity] = [0, 0, 0]
  clean.forEach((points, i) => {
    const displacement = points.data.map((value, at) => attacked[i].data[at] - value)
    const moved = { ...points, data: displacement }
    frames += points.frames
    joints += points.persons * points.joints * Math.max(0, points.frames - 2)
    for (let frame = 0; frame < points.frames; frame++) {
      sums.position += Math.sqrt(squaresOfFrame(moved, frame))
      sums.boneLength += boneChange(points, attacked[i], frame, layout)
    }
    sums.acceleration += accelerations(moved)
    sums.l2 += Math.sqrt(displacement.reduce((sum, value) => sum + value * value, 0))
    lInfinity = displacement.reduce((largest, value) => Math.max(largest, Math.abs(value)), lInfinity)
  })
  return {
    position: sums.position / frames,
    boneLength: sums.boneLength / frames,
    acceleration: joints === 0 ? 0 : sums.acceleration / joints,
    l2: sums.l2 / clean.length,
    lInfinity,
  }
}

function squaresOfFrame({ data, persons, frames, joints, channels }: Points, frame: number): number {
  let squares = 0
  for (let person = 0; person < persons; person++) {
    const start = (person * frames + frame) * joints * channels
    for (let i = start; i < start + joints * channels; i++) squares += data[i] * data[i]
  }
  return squares
}

function boneChange(clean: Points, attacked: Points, frame: number, { parents }: Layout): number {
  let squares = 0
  for (let person = 0; person < clean.persons; person++) {
    for (let joint = 0; joint < clean.joints; joint++) {
      const pose = person * clean.frames + frame
      const change = boneLength(attacked, pose, joint, parents[joint]) - boneLength(clean, pose, joint, parents[joint])
      squares += change * change
    }
  }
  return Math.sqrt(squares)
}

function boneLength({ data, joints, channels }: Points, pose: number, joint: number, parent: number): number {
  let squares = 0
  for (let c = 0; c < channels; c++) {
    const bone = data[(pose * joints + joint) * channels + c] - data[(pose * joints + parent) * channels + c]
    squares += bone * bone
  }
  return Math.sqrt(squares)
}

/** Sum over persons, joints and inner frames of the length of the second difference. */
function accelerations({ data, persons, frames, joints, channels }: Points): number {
  const stride = joints * channels
  let sum = 0
  for (let person = 0; person < persons; person++) {
    for (let frame = 1; frame < frames - 1; frame++) {
      for (let joint = 0; joint < joints; joint++) {
        let squares = 0
        for (let c = 0; c < channels; c++) {
          const at = (person * frames + frame) * stride + joint * channels + c
          squares += (data[at - stride] - 2 * data[at] + data[at + stride]) ** 2
        }
        sum += Math.sqrt(squares)
      }
    }
  }
  return sum
}

function checkPairs(clean: readonly Points[], attacked: readonly Points[]): void {
  const describe = (p: Points | undefined) => p && `(${p.persons}, ${p.frames}, ${p.joints}, ${p.channels})`
  const misfit = clean.findIndex((points, i) => describe(points) !== describe(attacked[i]))
  if (clean.length === attacked.length && clean.length > 0 && misfit < 0) return
  throw new OssatureError('the deviation of an attack is measured on the same clips', {
    where: misfit < 0 ? undefined : `clip ${misfit}`,
    expected: misfit < 0 ? `${clean.length} clips, 1 or more` : describe(clean[misfit]),
    found: misfit < 0 ? `${attacked.length}` : (describe(attacked[misfit]) ?? 'no clip'),
  })
}
