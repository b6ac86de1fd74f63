import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter, GoldenTest, Values } from '../../adapter.ts'
import { alignedPersons, centredSequence } from '../../inputs/ntu-sequences.ts'
import { transformTolerance } from '../../inputs/poses.ts'

/** Numbers of one person in one frame: 25 joints. */
const BODY_SIZE = 75

export const adapter: Adapter = {
  system: 'fr-head',
  kind: 'ntu-sequences',
  run(test, check) {
    const clips = (test.inputs.sequences as unknown[]).map((rule) => pointsOf(test, rule))
    const frames = Math.max(...clips.map((clip) => clip.frames))
    const second = test.config.set === 'ntu120' ? 'loop' : 'zero'
    const aligned = clips.map((clip) => alignedPersons(centredSequence(clip), frames, second))
    const rows = aligned.flatMap((clip) => Array.from({ length: frames }, (_, t) => rowOf(clip, t)))
    const output: Values = { data: rows.flat(), shape: [clips.length, frames, 2 * BODY_SIZE] }
    check.close(['output'], output, transformTolerance(test))
    const listed = (test.expected.first_joints as unknown[][] | undefined) ?? []
    listed.forEach((given, clip) => {
      given.forEach((_, t) => {
        const row = rowOf(aligned[clip], t)
        const joints = [...row.slice(0, 6), ...row.slice(BODY_SIZE, BODY_SIZE + 6)]
        check.close(['first_joints', clip, t], joints, transformTolerance(test))
      })
    })
  },
}

/** A sequence (T, persons * 75) as (persons, T, 25, 3). */
function pointsOf(test: GoldenTest, rule: unknown): Points {
  const { data, shape } = test.values(rule)
  const [frames, width] = shape
  const persons = width / BODY_SIZE
  const points = new Float32Array(data.length)
  for (let person = 0; person < persons; person++)
    for (let t = 0; t < frames; t++)
      for (let i = 0; i < BODY_SIZE; i++)
        points[(person * frames + t) * BODY_SIZE + i] = data[t * width + person * BODY_SIZE + i]
  return { data: points, persons, frames, joints: 25, channels: 3 }
}

/** One frame as the original has it: the first person's numbers, then the second's. */
function rowOf({ data, frames }: Points, t: number): number[] {
  const of = (person: number) => Array.from(data.subarray((person * frames + t) * BODY_SIZE).subarray(0, BODY_SIZE))
  return [...of(0), ...of(1)]
}
