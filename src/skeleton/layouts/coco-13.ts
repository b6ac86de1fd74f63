import { layoutFromNames } from '../named-layout.ts'
import { coco } from './coco.ts'
import { onBothSides } from './side-bones.ts'

/** COCO without eyes and ears (13 joints): the tennis shots, whose coordinates are shares of a square cut-out. */
export const coco13 = layoutFromNames({
  name: 'coco-13',
  source: 'MoveNet, keypoints without eyes and ears',
  dimensions: 2,
  unit: 'image',
  joints: coco.joints.filter((joint) => !/eye|ear/.test(joint)),
  bones: onBothSides(
    { shoulder: 'nose', elbow: 'shoulder', wrist: 'elbow', hip: 'shoulder', knee: 'hip', ankle: 'knee' },
    ['nose'],
  ),
  centre: 'nose',
  tips: ['left wrist', 'right wrist', 'left ankle', 'right ankle'],
})
