import { expect, it } from 'vitest'
import { mutualLabel } from '../../../src/data/classes/ntu-mutual-actions.ts'

it('there are 26 mutual actions, of which 11 are among the first 60', () => {
  const labels = Array.from({ length: 120 }, (_, label) => mutualLabel(label))
  expect(labels.filter((label) => label !== undefined)).toEqual([...Array(26).keys()])
  expect(labels.slice(0, 60).filter((label) => label !== undefined)).toHaveLength(11)
  expect([labels[48], labels[49], labels[105], labels[104]]).toEqual([undefined, 0, 11, undefined])
})
