import { bodiesOf } from '../../../src/data/readers/ntu/bodies.ts'
import { readSkeletonPoints } from '../../../src/data/readers/ntu/ntu-skeleton.ts'
import { parseSkeletonText } from '../../../src/data/readers/ntu/skeleton-text.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter, Checker, GoldenTest, Values } from '../../adapter.ts'
import { alignedPersons, centredSequence } from '../../inputs/ntu-sequences.ts'
import { transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'ntu-raw',
  run(test, check) {
    const texts: { name: string; text: string }[] = test.inputs.clips
    const tolerance = transformTolerance(test)
    const cleaned = texts.map(({ name, text }) =>
      readSkeletonPoints(new TextEncoder().encode(text), name, { bodies: 'ctr-gcn', stored: 'float32' }),
    )
    const frames = Math.max(...cleaned.map((clip) => clip.frames))
    const second = test.config.variant === 'ntu120' ? 'loop' : 'zero'
    cleaned.forEach((clip, i) => {
      const path = ['clips', i]
      checkBodies(test, check, texts[i].text, path)
      const translated = centredSequence(clip)
      for (const [stage, points] of [
        ['cleaned', clip],
        ['translated', translated],
      ] as const) {
        const rows = rowsOf(points)
        check.close([...path, stage, 'all'], rows, tolerance)
        check.close([...path, stage, 'row_sums'], rowSums(rows), tolerance)
      }
      check.close([...path, 'translated', 'row_0_first_9'], rowsOf(translated).data.slice(0, 9), tolerance)
      check.close([...path, 'aligned'], rowsOf(alignedPersons(translated, frames, second)), tolerance)
    })
  },
}

function checkBodies(test: GoldenTest, check: Checker, text: string, clip: readonly (string | number)[]): void {
  const path = [...clip, 'parsed']
  const parsed = parseSkeletonText(new TextEncoder().encode(text), test.name)
  const { bodies, frames } = bodiesOf(parsed)
  check.equal([...path, 'num_frames_kept'], frames)
  check.equal(
    [...path, 'dropped_frames'],
    Array.from(parsed.counts.keys()).filter((frame) => parsed.counts[frame] === 0),
  )
  for (const { id, start, length, motion, joints } of bodies) {
    const own = [...path, 'bodies', 'by_name', id]
    check.equal(
      [...own, 'interval'],
      Array.from({ length }, (_, t) => start + t),
    )
    // The original leaves the motion out where there is nobody to compare it with.
    if (bodies.length === 1) check.equal([...own, 'motion'], null)
    else check.close([...own, 'motion'], motion, transformTolerance(test))
    check.close([...own, 'joints'], { data: joints, shape: [joints.length / 3, 3] }, transformTolerance(test))
  }
}

/** (frames, persons * joints * coordinates), the form of the authors' arrays. */
function rowsOf({ data, persons, frames, joints, channels }: Points): Values & { data: Float32Array } {
  const size = joints * channels
  const rows = new Float32Array(data.length)
  for (let t = 0; t < frames; t++)
    for (let m = 0; m < persons; m++) {
      const from = (m * frames + t) * size
      rows.set(data.subarray(from, from + size), (t * persons + m) * size)
    }
  return { data: rows, shape: [frames, persons * size] }
}

function rowSums({ data, shape: [frames, size] }: Values & { data: Float32Array }): number[] {
  return Array.from({ length: frames }, (_, t) =>
    data.subarray(t * size, (t + 1) * size).reduce((sum, value) => sum + value, 0),
  )
}
