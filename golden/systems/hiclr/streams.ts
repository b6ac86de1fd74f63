import { ntuRgbD } from '../../../src/skeleton/layouts/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'
import { boneStream, motionStream } from '../../../src/skeleton/streams.ts'

type Poses = Points<Float32Array | Float64Array>

/** The streams by their authors' names: differences of whatever points there are, and the bones of NTU RGB+D. */
const STREAMS: Readonly<Record<string, (points: Poses) => Poses>> = {
  joint: (points) => points,
  motion: (points) => motionStream(points, ntuRgbD),
  bone: (points) => boneStream(points, ntuRgbD),
}

/** A stream of HiCLR (sheet, section 2.1). */
export function hiclrStream(points: Poses, name: string): Poses {
  const stream = STREAMS[name]
  if (!stream) throw new Error(`no stream ${name}`)
  return stream(points)
}
