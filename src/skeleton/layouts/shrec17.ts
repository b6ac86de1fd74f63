import { layoutFromNames } from '../named-layout.ts'
import { fingerBones, fingerJoints, fingerTips, handAxes, handParts } from './hand-joints.ts'

const joints = ['wrist', 'palm', ...fingerJoints()]

/** One hand of SHREC'17 and DHG 14/28 (22 joints). */
export const shrec17 = layoutFromNames({
  name: 'shrec17',
  source: "SHREC'17 track and DHG 14/28; edges as PSUMNet's paper means them",
  dimensions: 3,
  unit: 'metre',
  joints,
  bones: { palm: 'wrist', ...fingerBones('palm') },
  centre: 'palm',
  parts: handParts(['wrist', 'palm'], joints),
  tips: fingerTips(),
  axes: handAxes,
})
