import type { Points } from '../skeleton/points.ts'

/** Where and by whom a clip was recorded; every field is optional because data sets differ. */
export interface ClipMeta {
  performer?: number
  /** The second performer of an interaction. */
  partner?: number
  camera?: number
  /** Number of the set-up or session: a placing of the cameras, a match, a film. */
  setup?: number
  repetition?: number
  /** Frames per second. */
  frameRate?: number
  /** Size of the image that 2-D poses are in, in pixels; both or none. */
  imageWidth?: number
  imageHeight?: number
}

/** What of a clip's origin is counted, and divided by. */
export const ORIGINS = [
  'performer',
  'partner',
  'camera',
  'setup',
  'repetition',
  'frameRate',
] as const satisfies readonly (keyof ClipMeta)[]

/** One recorded action: a labelled piece of motion of one or more persons. */
export interface Clip {
  readonly id: string
  /** 0-based class index. */
  readonly label: number
  /** Name of a skeleton layout, see `skeleton/layouts`. */
  readonly layout: string
  readonly points: Points
  /** Confidence per joint, (M, T, V), for 2-D poses. */
  readonly score?: Float32Array
  readonly meta: ClipMeta
}
