import { OssatureError } from '../../../errors.ts'
import { NumberLines } from '../../../files/number-lines.ts'

export const NTU_JOINTS = 25
const CHANNELS = 3

/** Numbers of one body in one frame. */
export const BODY_SIZE = NTU_JOINTS * CHANNELS

/** Kinect v2 tracks six bodies; more than this in a frame is damage. */
const MAX_BODIES = 64

/** A body takes `0 0 0` per joint at least; the file may end without LF. */
const LEAST_BYTES = NTU_JOINTS * 6 - 1

/** What a `.skeleton` file says: the bodies of each frame in the order of the file. */
export interface SkeletonText {
  /** Bodies per frame, empty frames included. */
  readonly counts: Uint8Array
  /** For every body of every frame its tracking id, a 64-bit number as text. */
  readonly ids: readonly string[]
  /** For every body of every frame (25, 3) in metres. */
  readonly joints: Float32Array
}

/**
 * Reads a `.skeleton` file of NTU RGB+D: the number of frames; per frame the number of bodies; per body a line that
 * begins with its id, a line with 25, and 25 lines that begin with x y z. Line ends are LF or CR LF.
 *
 * @param heads `first`: only the first body of a frame has the two lines before its joints (clips of PKU-MMD as HiCLR
 * writes them); the others have their place in the frame as id
 * @throws OssatureError naming line, frame and joint
 */
export function parseSkeletonText(bytes: Uint8Array, where: string, heads: 'every' | 'first' = 'every'): SkeletonText {
  const lines = new NumberLines(bytes, where)
  lines.require('the number of frames')
  // A frame takes two bytes at least.
  const frames = lines.count('frames', Math.floor(bytes.length / 2))
  const counts = new Uint8Array(frames)
  const ids: string[] = []
  // As many as there can be: memory that is not written to is not taken.
  const joints = new Float32Array(BODY_SIZE * Math.floor(bytes.length / LEAST_BYTES))
  for (let frame = 0; frame < frames; frame++) {
    lines.require(`the number of bodies of frame ${frame}`)
    counts[frame] = lines.count('bodies', MAX_BODIES)
    for (let body = 0; body < counts[frame]; body++) {
      const at = ids.length * BODY_SIZE
      if (body === 0 || heads === 'every') {
        ids.push(readId(lines, frame, body))
        readJointCount(lines, frame)
      } else ids.push(`${body}`)
      readJoints(lines, joints, at, frame)
    }
  }
  if (lines.advance()) {
    throw new OssatureError('the file goes on after its last frame', {
      where: lines.place,
      expected: `the end, after ${frames} frames`,
    })
  }
  return { counts, ids, joints: joints.subarray(0, ids.length * BODY_SIZE) }
}

function readId(lines: NumberLines, frame: number, body: number): string {
  lines.require(`body ${body} of frame ${frame}`)
  const id = lines.field()
  if (/^\d{1,20}$/.test(id)) return id
  throw new OssatureError('the line does not begin with the id of a body', {
    where: `${lines.place}, frame ${frame}`,
    expected: 'an integer',
    found: `'${id.slice(0, 60)}'`,
  })
}

function readJointCount(lines: NumberLines, frame: number): void {
  lines.require(`the number of joints of a body of frame ${frame}`)
  const count = lines.count('joints', 1000)
  if (count !== NTU_JOINTS) {
    const found = `${count}`
    throw new OssatureError('a body has another number of joints', { where: lines.place, expected: '25', found })
  }
}

function readJoints(lines: NumberLines, joints: Float32Array, start: number, frame: number): void {
  for (let joint = 0; joint < NTU_JOINTS; joint++) {
    lines.require(`joint ${joint} of frame ${frame}`)
    const at = start + joint * CHANNELS
    joints[at] = lines.coordinate('x')
    joints[at + 1] = lines.coordinate('y')
    joints[at + 2] = lines.coordinate('z')
  }
}
