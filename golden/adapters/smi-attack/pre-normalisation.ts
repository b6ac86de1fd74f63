import { preNormalizeAgcn } from '../../../src/augment/frame-of-reference/pre-normalize-agcn.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import type { Adapter } from '../../adapter.ts'
import { channelFirstOf } from '../../inputs/channel-first.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'
import { transformTolerance } from '../../inputs/poses.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'pre-normalisation',
  run(test, check) {
    const { zaxis, xaxis } = test.config
    const { shape } = test.values(test.inputs.x)
    const { data } = test.values(fromChannelFirstBatch(test.inputs.x))
    const [samples, channels, frames, joints, persons] = shape
    const size = data.length / samples
    const clips = Array.from({ length: samples }, (_, i): Points => {
      const own = Float32Array.from({ length: size }, (_, at) => data[i * size + at])
      return preNormalizeAgcn({ data: own, persons, frames, joints, channels }, { zaxis, xaxis })
    })
    const tolerance = transformTolerance(test)
    const output = Float32Array.from(clips.flatMap((clip) => Array.from(channelFirstOf(clip).data)))
    check.close(['output'], { data: output, shape }, tolerance)
    for (const name of check.keys([])) {
      const place = placeOf(name)
      if (!place) continue
      const at = (count: number, index: number) => (index + count) % count
      const row = frameOf(clips[at(samples, place.sample)], at(persons, place.person), at(frames, place.frame))
      check.close([name], row, tolerance)
    }
  },
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const ordinal = `(last|${ORDINALS.join('|')})`
const ROW = new RegExp(`^${ordinal}_frame_of_${ordinal}_sample(?:_${ordinal}_person)?$`)

/** Which row a key such as `last_frame_of_first_sample_second_person` means; -1 is the last. */
function placeOf(key: string): { frame: number; sample: number; person: number } | undefined {
  const found = ROW.exec(key)
  if (!found) return undefined
  const [frame, sample, person] = found.slice(1).map((word) => ORDINALS.indexOf(word ?? 'first'))
  return { frame, sample, person }
}

/** One person's joints in one frame, (C, V). */
function frameOf({ data, frames, joints, channels }: Points, person: number, frame: number): number[] {
  const start = (person * frames + frame) * joints * channels
  return Array.from(
    { length: joints * channels },
    (_, i) => data[start + (i % joints) * channels + Math.floor(i / joints)],
  )
}
