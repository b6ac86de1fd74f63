import type { RandomStream } from '../../random/stream.ts'
import type { Clip } from '../clip.ts'
import { ACTIONS } from './actions.ts'
import { JOINTS, poseBody } from './body.ts'
import { drawLiveliness } from './liveliness.ts'
import { drawPerformer, type Performer } from './performer.ts'
import { recordingOf } from './population.ts'
import { CHANNELS, type Channel, STANDING } from './pose.ts'
import { addNoise, loseJoints } from './sensor.ts'
import { drawPlacement, drawView, seeFrom } from './view.ts'

/** What all clips of a set have in common. */
export interface ClipSettings {
  readonly performers: number
  readonly views: number
  /** Shortest and longest clip in frames, both included. */
  readonly frames: readonly [number, number]
  /** Standard deviation of the sensor's error, metres. */
  readonly noise: number
  /** Expected share of lost joints. */
  readonly missing: number
}

/**
 * Clip `index` of the action `name`: M = 1, V = 20, C = 3, metres in camera coordinates. A pure function of its arguments
 * (of `root` only its seed counts, not what was drawn from it).
 */
export function syntheticClip(
  root: RandomStream,
  name: string,
  label: number,
  index: number,
  settings: ClipSettings,
): Clip {
  const { performer, camera, repetition } = recordingOf(
    root.fork('order', name),
    index,
    settings.performers,
    settings.views,
  )
  const stream = root.fork('clip', name, index)
  const frames = stream.integer(settings.frames[0], settings.frames[1] + 1)
  const body = drawPerformer(root.fork('performer', performer))
  const points = perform(stream, name, body, frames)
  seeFrom(drawView(root.fork('view', camera), camera, settings.views), drawPlacement(stream), points)
  addNoise(stream.fork('noise'), points, settings.noise)
  loseJoints(stream.fork('missing'), points, settings.missing)
  return {
    id: clipName(label, performer, repetition, camera),
    label,
    layout: 'nw_ucla',
    points: { data: Float32Array.from(points), persons: 1, frames, joints: JOINTS, channels: 3 },
    meta: { performer, camera, repetition },
  }
}

/** A name in the form of NW-UCLA, all numbers from 1 on but the episode: `a01_s01_e00_v01`. */
function clipName(label: number, performer: number, repetition: number, camera: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `a${two(label + 1)}_s${two(performer + 1)}_e${two(repetition)}_v${two(camera + 1)}`
}

/** The joints of one performance on the performer's own spot, (T, 20, 3). */
function perform(stream: RandomStream, name: string, performer: Performer, frames: number): Float64Array {
  const motion = ACTIONS[name](stream.fork('motion'))
  const live = drawLiveliness(stream.fork('liveliness'), frames)
  const duration = frames * Math.min(0.92, Math.max(0.3, performer.duration * stream.uniform(0.45, 0.85)))
  const start = stream.uniform(0, frames - duration)
  const amplitude = performer.amplitude * stream.uniform(0.85, 1.15)
  const otherHand = stream.unit() < 0.1
  const posture = Object.entries(performer.posture) as [Channel, number][]
  const points = new Float64Array(frames * JOINTS * 3)
  for (let frame = 0; frame < frames; frame++) {
    const pose = motion(pace((frame - start) / duration, performer))
    for (const channel of CHANNELS) {
      if (channel !== 'yaw') pose[channel] = STANDING[channel] + (pose[channel] - STANDING[channel]) * amplitude
    }
    for (const [channel, habit] of posture) pose[channel] += habit
    live(frame, pose)
    poseBody(performer.body, pose, performer.leftHanded !== otherHand, points, frame * JOINTS * 3)
  }
  return points
}

/** Progress of the action at a share of its time: rest before, the performer's own rhythm, rest after. */
function pace(share: number, { smoothness, acceleration }: Performer): number {
  const u = Math.min(1, Math.max(0, share)) ** acceleration
  return u + smoothness * (u * u * (3 - 2 * u) - u)
}
