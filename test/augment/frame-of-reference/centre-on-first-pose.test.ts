import { describe, expect, it } from 'vitest'
import { centreOnFirstPose } from '../../../src/augment/frame-of-reference/centre-on-first-pose.ts'

/** Persons of two joints, listed per frame; the coordinates of joint x are (x, 10 x, 100 x). */
const clip = (...persons: (readonly [number, number])[][]) => ({
  data: Float32Array.from(persons.flat(2).flatMap((x) => [x, 10 * x, 100 * x])),
  ...{ persons: persons.length, frames: persons[0].length, joints: 2, channels: 3 },
})

describe('centring on the first pose', () => {
  it('takes the origin from the first frame with the first person, and leaves who is missing at 0', () => {
    const recorded = clip(
      [
        [0, 0],
        [4, 3],
        [6, 5],
      ],
      [
        [9, 8],
        [0, 0],
        [7, 7],
      ],
    )
    const centred = clip(
      [
        [0, 0],
        [1, 0],
        [3, 2],
      ],
      [
        [6, 5],
        [0, 0],
        [4, 4],
      ],
    )
    expect(centreOnFirstPose(recorded, 1)).toEqual(centred)
  })

  it('takes the middle of several joints', () => {
    expect(centreOnFirstPose(clip([[2, 4]], [[5, 6]]), [0, 1])).toEqual(clip([[-1, 1]], [[2, 3]]))
  })

  it('moves frames without anybody, too, where that is asked for', () => {
    const recorded = clip([
      [0, 0],
      [4, 3],
    ])
    expect(centreOnFirstPose(recorded, 1, 'moved')).toEqual(
      clip([
        [-3, -3],
        [1, 0],
      ]),
    )
  })

  it('leaves a clip without the first person, and the clip that it is given', () => {
    const second = clip([[0, 0]], [[1, 2]])
    expect(centreOnFirstPose(second, 1)).toEqual(second)
    const first = clip([[1, 2]])
    centreOnFirstPose(first, 1)
    expect(first).toEqual(clip([[1, 2]]))
  })

  it('is defined for three coordinates', () => {
    expect(() => centreOnFirstPose({ ...clip([[1, 2]]), joints: 3, channels: 2 }, 1)).toThrow(/3 coordinates[\s\S]*2/)
  })
})
