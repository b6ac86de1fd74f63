import { OssatureError } from '../../errors.ts'
import type { Layout } from '../layout.ts'
import { sameLayout } from '../stored-layout.ts'
import { assembly101 } from './assembly101.ts'
import { azureKinect } from './azure-kinect.ts'
import { body25, ntuX } from './body-25.ts'
import { cmu } from './cmu.ts'
import { coco, cocoGroup } from './coco.ts'
import { coco13 } from './coco-13.ts'
import { cocoWholebody } from './coco-wholebody.ts'
import { h2oObject } from './h2o-object.ts'
import { h2o, handmp, handmpWorld } from './handmp.ts'
import { hdm05 } from './hdm05.ts'
import { jhmdb } from './jhmdb.ts'
import { mediapipePose, mediapipePoseWorld } from './mediapipe-pose.ts'
import { lcrNet, mixamo, posetics } from './motion-retargeting.ts'
import { msrAction3d } from './msr-action3d.ts'
import { ntuEdge } from './ntu-edge.ts'
import { ntuRgbD, nturgbD } from './nturgb-d.ts'
import { nwUcla } from './nw-ucla.ts'
import { openpose } from './openpose.ts'
import { sbu } from './sbu.ts'
import { shrec17 } from './shrec17.ts'
import { uiPrmd } from './ui-prmd.ts'

export { cmuBones } from './cmu.ts'
export { mixamoBones } from './motion-retargeting.ts'
export {
  assembly101,
  azureKinect,
  body25,
  cmu,
  coco,
  coco13,
  cocoGroup,
  cocoWholebody,
  h2o,
  h2oObject,
  handmp,
  handmpWorld,
  hdm05,
  jhmdb,
  lcrNet,
  mediapipePose,
  mediapipePoseWorld,
  mixamo,
  msrAction3d,
  ntuEdge,
  ntuRgbD,
  nturgbD,
  ntuX,
  nwUcla,
  openpose,
  posetics,
  sbu,
  shrec17,
  uiPrmd,
}

/** The published layouts. */
export const layouts: readonly Layout[] = [
  ...[nturgbD, ntuRgbD, ntuEdge, ntuX, azureKinect, nwUcla, msrAction3d, sbu, uiPrmd, hdm05, cmu],
  ...[coco, cocoGroup, coco13, cocoWholebody, openpose, body25, mediapipePose, mediapipePoseWorld],
  ...[jhmdb, mixamo, posetics, lcrNet],
  ...[handmp, handmpWorld, h2o, h2oObject, assembly101, shrec17],
]

/** Other names of the same layouts: those of the authors' code, and of data sets and sensors with the same joints. */
const aliases: Readonly<Record<string, Layout>> = {
  'ntu-rgb-d': ntuRgbD,
  'kinect-v2': nturgbD,
  ucla: nwUcla,
  'kinect-v1': nwUcla,
  utkinect: nwUcla,
  anubis: azureKinect,
  movenet: coco,
  'coco-17': coco,
  'coco-133': cocoWholebody,
  'openpose-18': openpose,
  'coco-18': openpose,
  'openpose-25': body25,
  'mediapipe-hand': handmp,
  'mediapipe-hand-world': handmpWorld,
  asb101: assembly101,
  'dhg-14/28': shrec17,
}

/** Layouts of one's own, by the key of their name. */
const registered = new Map<string, Layout>()

/** Names are the same when they differ in case, or in `_` and `-`, only. */
const keyOf = (name: string) => name.toLowerCase().replaceAll('_', '-')

const published = new Map<string, Layout>([
  ...Object.entries(aliases),
  ...layouts.map((layout): [string, Layout] => [keyOf(layout.name), layout]),
])

/**
 * Makes a layout of one's own known by its name, for data whose clips name it. A layout that is known already stays.
 * @throws OssatureError when a published layout has the name, or another layout that was registered before.
 */
export function registerLayout(layout: Layout): void {
  const key = keyOf(layout.name)
  const former = published.get(key) ?? registered.get(key)
  if (!former) {
    registered.set(key, layout)
    return
  }
  if (sameLayout(former, layout)) return
  throw new OssatureError(published.has(key) ? 'a published layout has this name' : 'another layout has this name', {
    where: `layout ${layout.name}`,
    expected: 'a name of its own',
    found: 'other joints, bones or parts under the same name',
  })
}

/** The layout of one's own that was registered by that name; undefined for published layouts. */
export function registeredLayout(name: string): Layout | undefined {
  return registered.get(keyOf(name))
}

/**
 * The published or registered layout of that name.
 * @throws OssatureError that lists the names when there is none.
 */
export function layoutByName(name: string): Layout {
  const found = published.get(keyOf(name)) ?? registered.get(keyOf(name))
  if (!found) {
    const own = Array.from(registered.values(), (layout) => layout.name)
    throw new OssatureError('unknown skeleton layout', {
      expected: `one of ${[...layouts.map((layout) => layout.name), ...Object.keys(aliases), ...own].join(', ')}`,
      found: name,
      hint: 'A layout of your own is one JSON file; readers take it as layout.json beside the clips.',
    })
  }
  return found
}
