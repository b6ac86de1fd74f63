import type { RandomStream } from '../../random/stream.ts'

/** Where a camera stands: looking at the performer's spot. */
export interface View {
  /** Angle around the performer, 0 in front, radians. */
  readonly yaw: number
  /** Angle by which the camera looks down, radians. */
  readonly pitch: number
  /** Metres above the floor. */
  readonly height: number
  /** Metres to the performer's spot. */
  readonly distance: number
}

/** Draws camera `index` of `count`: the cameras stand on an arc of 110 degrees in front of the performer. */
export function drawView(stream: RandomStream, index: number, count: number): View {
  const arc = (110 * Math.PI) / 180
  return {
    yaw: ((index + 0.5) / count - 0.5) * arc + stream.uniform(-0.1, 0.1),
    pitch: stream.uniform(-0.02, 0.16),
    height: stream.uniform(0.75, 1.15),
    distance: stream.uniform(2.3, 3.1),
  }
}

/** How one clip stands in a view: the direction the performer faces, radians, and the place on the floor, metres. */
export interface Placement {
  readonly facing: number
  readonly right: number
  readonly away: number
}

/** Draws where a performer stands and looks in one clip. */
export function drawPlacement(stream: RandomStream): Placement {
  return {
    facing: stream.normal(0, 0.2),
    right: stream.uniform(-0.45, 0.45),
    away: stream.uniform(-0.35, 0.35),
  }
}

/**
 * Moves points (x right of the performer, y up from the floor, z backward; metres) in place to camera coordinates as the Kinect has
 * them: y up, z away from the camera, x towards the right hand of a person who faces the camera.
 */
export function seeFrom(view: View, placement: Placement, points: Float64Array): void {
  const turn = view.yaw + placement.facing
  const [cosYaw, sinYaw] = [Math.cos(turn), Math.sin(turn)]
  const [cosPitch, sinPitch] = [Math.cos(view.pitch), Math.sin(view.pitch)]
  for (let i = 0; i < points.length; i += 3) {
    const x = points[i] * cosYaw + points[i + 2] * sinYaw + placement.right
    const y = points[i + 1] - view.height
    const z = points[i + 2] * cosYaw - points[i] * sinYaw + view.distance + placement.away
    points[i] = x
    points[i + 1] = y * cosPitch + z * sinPitch
    points[i + 2] = z * cosPitch - y * sinPitch
  }
}
