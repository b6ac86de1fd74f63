import { expect, it } from 'vitest'
import { mirrored } from '../../../src/augment/space/mirror.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'

it('a mirrored motion has its left hand where the right one was, on the other side, and mirrored again is the same', () => {
  const layout = layoutByName('nw_ucla')
  const joints = layout.joints.length
  const data = Float32Array.from({ length: joints * 3 }, (_, i) => i + 1)
  const points = { data, persons: 1, frames: 1, joints, channels: 3 }
  const once = mirrored(points, layout)
  const [left, right] = ['left hand', 'right hand'].map((name) => layout.joints.indexOf(name))
  expect([...once.data.subarray(left * 3, left * 3 + 3)]).toEqual([-(right * 3 + 1), right * 3 + 2, right * 3 + 3])
  expect(mirrored(once, layout).data).toEqual(data)
})
