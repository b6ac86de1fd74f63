import { layoutFromNames } from '../named-layout.ts'
import { onBothSides } from './side-bones.ts'

/** JHMDB (15 annotated joints), coordinates relative to centre and size of the puppet. */
export const jhmdb = layoutFromNames({
  name: 'jhmdb',
  source: 'JHMDB joint positions, pos_world',
  dimensions: 2,
  unit: 'relative',
  joints: [
    ...['neck', 'belly', 'face'],
    ...['shoulder', 'hip', 'elbow', 'knee', 'wrist', 'ankle'].flatMap((joint) => [`right ${joint}`, `left ${joint}`]),
  ],
  bones: {
    face: 'neck',
    belly: 'neck',
    ...onBothSides({ shoulder: 'neck', elbow: 'shoulder', wrist: 'elbow', hip: 'belly', knee: 'hip', ankle: 'knee' }, [
      'neck',
      'belly',
    ]),
  },
  centre: 'belly',
  tips: ['left wrist', 'right wrist', 'left ankle', 'right ankle'],
})
