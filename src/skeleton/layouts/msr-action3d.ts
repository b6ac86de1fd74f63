import { layoutFromNames } from '../named-layout.ts'
import { nwUcla } from './nw-ucla.ts'

const pairs = (...joints: string[]) => joints.flatMap((joint) => [`right ${joint}`, `left ${joint}`])

/** MSR-Action3D: the 20 joints of Kinect v1 in an order of its own, with the tree of Northwestern-UCLA. */
export const msrAction3d = layoutFromNames({
  name: 'msr-action3d',
  source: 'MSR-Action3D, real world coordinates',
  dimensions: 3,
  unit: 'metre',
  joints: [
    ...[...pairs('shoulder'), 'spine at shoulders', 'middle of spine', ...pairs('hip'), 'base of spine'],
    ...[...pairs('elbow', 'wrist', 'hand', 'knee', 'ankle', 'foot'), 'head'],
  ],
  bones: Object.fromEntries(nwUcla.inward.map(([child, parent]) => [nwUcla.joints[child], nwUcla.joints[parent]])),
  centre: 'spine at shoulders',
  tips: ['left hand', 'right hand', 'left foot', 'right foot'],
  axes: {
    origin: 'middle of spine',
    up: ['base of spine', 'middle of spine'],
    across: ['right shoulder', 'left shoulder'],
  },
})
