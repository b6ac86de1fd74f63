import { describe, expect, it } from 'vitest'
import { mutualLabel } from '../../src/data/ntu-mutual-actions.ts'
import { alignedPersons, moveToFirstSpine } from '../../src/data/ntu-sequences.ts'

/** Persons of two joints, whose single coordinates are listed per frame; joint 1 is the spine. */
const clip = (...persons: (readonly [number, number])[][]) => ({
  data: Float32Array.from(persons.flat(2)),
  ...{ persons: persons.length, frames: persons[0].length, joints: 2, channels: 1 },
})
const numbers = ({ data }: { data: Float32Array }) => [...data]

describe('moving to the first spine', () => {
  it('takes the origin from the first frame with the first person', () => {
    const moved = moveToFirstSpine(
      clip(
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
      ),
    )
    expect(numbers(moved)).toEqual([0, 0, 1, 0, 3, 2, 6, 5, 0, 0, 4, 4])
  })

  it('moves all frames of a clip of one person, those without it, too', () => {
    expect(
      numbers(
        moveToFirstSpine(
          clip([
            [0, 0],
            [4, 3],
          ]),
        ),
      ),
    ).toEqual([-3, -3, 1, 0])
  })

  it('leaves a clip without the first person, and the clip that it is given', () => {
    const second = clip([[0, 0]], [[1, 2]])
    expect(moveToFirstSpine(second)).toEqual(second)
    const first = clip([[1, 2]])
    moveToFirstSpine(first)
    expect(numbers(first)).toEqual([1, 2])
  })
})

describe('aligned persons', () => {
  it('are two, the second empty or a copy', () => {
    const solo = clip([[1, 2]])
    expect(numbers(alignedPersons(solo))).toEqual([1, 2, 0, 0])
    expect(numbers(alignedPersons(solo, { second: 'copy' }))).toEqual([1, 2, 1, 2])
    expect(numbers(alignedPersons(clip([[1, 2]], [[3, 4]]), { second: 'copy' }))).toEqual([1, 2, 3, 4])
  })

  it('have as many frames as asked for', () => {
    const aligned = alignedPersons(clip([[1, 2]], [[3, 4]]), { frames: 2 })
    expect([aligned.frames, numbers(aligned)]).toEqual([2, [1, 2, 0, 0, 3, 4, 0, 0]])
  })

  it('do not exist for three persons or a clip that is too long', () => {
    expect(() => alignedPersons(clip([[1, 2]], [[1, 2]], [[1, 2]]))).toThrow(/3 persons/)
    expect(() =>
      alignedPersons(
        clip([
          [1, 2],
          [1, 2],
        ]),
        { frames: 1 },
      ),
    ).toThrow(/up to 1 frames[\s\S]*2 frames/)
  })
})

describe('mutual actions', () => {
  it('are 26, of which 11 are among the first 60', () => {
    const labels = Array.from({ length: 120 }, (_, label) => mutualLabel(label))
    expect(labels.filter((label) => label !== undefined)).toEqual([...Array(26).keys()])
    expect(labels.slice(0, 60).filter((label) => label !== undefined)).toHaveLength(11)
    expect([labels[48], labels[49], labels[105], labels[104]]).toEqual([undefined, 0, 11, undefined])
  })
})
