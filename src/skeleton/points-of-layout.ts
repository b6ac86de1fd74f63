import { OssatureError } from '../errors.ts'
import type { Coordinates } from './allocate.ts'
import type { Layout } from './layout.ts'
import type { Points } from './points.ts'

/** @throws OssatureError unless the points have as many joints as the layout */
export function requireJointsOf(
  { joints }: Pick<Points<Coordinates>, 'joints'>,
  layout: Pick<Layout, 'name' | 'joints'>,
): void {
  if (joints === layout.joints.length) return
  throw new OssatureError('the clip has another number of joints than its layout', {
    where: `layout ${layout.name}`,
    expected: `${layout.joints.length} joints`,
    found: `${joints}`,
  })
}
