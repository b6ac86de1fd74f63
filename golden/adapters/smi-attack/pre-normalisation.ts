import { preNormalizeAgcn } from '../../../src/augment/pre-normalize-agcn.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf, withSteps } from '../../channel-first.ts'
import { transformTolerance } from '../../poses.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'pre-normalisation',
  run(test, check) {
    const { shape } = test.values(test.inputs.x)
    const { data } = test.values(withSteps(test.inputs.x, { transpose: [0, 4, 2, 3, 1] }))
    const [samples, channels, frames, joints, persons] = shape
    const size = data.length / samples
    const clips = Array.from({ length: samples }, (_, i): Points => {
      const own = Float32Array.from({ length: size }, (_, at) => data[i * size + at])
      return preNormalizeAgcn({ data: own, persons, frames, joints, channels })
    })
    const tolerance = transformTolerance(test)
    const output = Float32Array.from(clips.flatMap((clip) => Array.from(channelFirstOf(clip).data)))
    check.close(['output'], { data: output, shape }, tolerance)
    const rows: Readonly<Record<string, () => number[]>> = {
      first_frame_of_first_sample: () => frameOf(clips[0], 0, 0),
      last_frame_of_first_sample_second_person: () => frameOf(clips[0], 1, frames - 1),
      second_frame_of_last_sample: () => frameOf(clips[samples - 1], 0, 1),
    }
    for (const [name, row] of Object.entries(rows)) if (check.has([name])) check.close([name], row(), tolerance)
  },
}

/** One person's joints in one frame, (C, V). */
function frameOf({ data, frames, joints, channels }: Points, person: number, frame: number): number[] {
  const start = (person * frames + frame) * joints * channels
  return Array.from(
    { length: joints * channels },
    (_, i) => data[start + (i % joints) * channels + Math.floor(i / joints)],
  )
}
