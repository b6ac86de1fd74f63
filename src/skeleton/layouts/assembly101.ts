import { layoutFromNames } from '../named-layout.ts'
import { fingers, handAxes } from './hand-joints.ts'

const longFingers = fingers.slice(1)
const tips = fingers.map((finger) => `${finger} 4`)

/** The thumb is known by three joints: its first one is missing. */
const thumb = ['thumb 2', 'thumb 3', 'thumb 4']
const rays = [thumb, ...longFingers.map((finger) => [1, 2, 3, 4].map((joint) => `${finger} ${joint}`))]

/**
 * One hand of Assembly101 (21 joints, tips first). The graph also links the fingers across the palm; the middle of the
 * palm has no edge.
 */
export const assembly101 = layoutFromNames({
  name: 'assembly101',
  source: 'Assembly101 hand poses; graph of ISTA-Net and CHASE',
  dimensions: 3,
  unit: 'millimetre',
  joints: [...tips, 'wrist', ...rays.flatMap((ray) => ray.slice(0, -1)), 'palm'],
  bones: Object.fromEntries(rays.flatMap((ray) => ray.map((joint, i) => [joint, i === 0 ? 'wrist' : ray[i - 1]]))),
  roots: ['wrist', 'palm'],
  edges: [
    ...rays.flatMap((ray) => ray.map((joint, i) => [joint, i === 0 ? 'wrist' : ray[i - 1]] as const)),
    ['index finger 1', 'thumb 2'],
    ['middle finger 1', 'index finger 1'],
    ['ring finger 1', 'middle finger 1'],
    ['little finger 1', 'ring finger 1'],
  ],
  centre: 'wrist',
  parts: { palm: ['wrist', 'palm'], ...Object.fromEntries(fingers.map((finger, i) => [finger, rays[i]])) },
  tips,
  axes: handAxes,
})
