import { describe, expect, it } from 'vitest'
import { looksLikePoseTable } from '../../../../src/data/readers/own-recordings/pose-columns.ts'
import { readPoseTable } from '../../../../src/data/readers/own-recordings/pose-table.ts'
import { defineLayout } from '../../../../src/skeleton/layout.ts'
import { layoutByName } from '../../../../src/skeleton/layouts/index.ts'
import { recordedFile } from '../recorded-files.ts'

const read = (text: string, layout?: Parameters<typeof readPoseTable>[1]) =>
  readPoseTable(recordedFile('clip.csv', text), layout)
const two = defineLayout({
  name: 'two',
  dimensions: 2,
  joints: ['left hand', 'right hand'],
  centre: 0,
  inward: [[1, 0]],
})
const header = 'Right_Hand_y,Right_Hand_x,left hand_x,left hand_y'

/** A table of all joints of a layout: x = joint, y = line, z = 1. */
function table(layout: string, axes: string, nameOf: (joint: string, v: number, axis: string) => string): string {
  const { joints } = layoutByName(layout)
  const values = (line: number, v: number) => [...axes].map((axis) => ({ x: v, y: line, z: 1 })[axis])
  const rows = [0, 1].map((line) => joints.flatMap((_, v) => values(line, v)).join())
  return [joints.flatMap((joint, v) => [...axes].map((axis) => nameOf(joint, v, axis))).join(), ...rows].join('\n')
}

describe('tables of joints', () => {
  it('name joints and axes in any order and spelling', () => {
    const { points, layout } = read(`${header}\n4,3,1,2\n8,7,5,6\n`, two)
    expect(layout).toBe('two')
    expect([...points.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('find the published layout with these joints', () => {
    const found = read(table('coco', 'xy', (joint, _, axis) => `${joint.replace(' ', '_').toUpperCase()}_${axis}`))
    expect(found).toMatchObject({ layout: 'coco', points: { frames: 2, joints: 17, channels: 2 } })
    expect([...found.points.data.slice(34, 38)]).toEqual([0, 1, 1, 1])
    expect(read(table('azure-kinect', 'xyz', (joint, _, axis) => `${joint}.${axis}`)).layout).toBe('azure-kinect')
  })

  it.each(['x0', 'x_0', '0_x'])('number joints: %s', (form) => {
    const name = (v: number, axis: string) => form.replace('x', axis).replace('0', `${v}`)
    const hand = read(table('handmp', 'xyz', (_, v, axis) => name(v + 1, axis)))
    // The depth of MediaPipe's image landmarks is left out.
    expect(hand).toMatchObject({ layout: 'handmp', points: { joints: 21, channels: 2 } })
    expect([...hand.points.data.slice(2, 4)]).toEqual([1, 0])
  })

  it.each(['handmp', 'mediapipe-pose'])('keep the depth of landmarks of space: %s', (layout) => {
    const text = table(layout, 'xyz', (_, v, axis) => `${axis}${v}`)
    const found = readPoseTable(recordedFile('clip.csv', text), undefined, 'world')
    expect(found).toMatchObject({ layout: `${layout}-world`, points: { channels: 3 } })
    expect([...found.points.data.slice(3, 6)]).toEqual([1, 0, 1])
  })

  it('hold confidences, and empty fields for joints that were not seen', () => {
    const { points, score } = read(
      'left hand_x,left hand_y,left hand_score,right hand_x,right hand_y\n1,2,0.5,,\n',
      two,
    )
    expect([...points.data]).toEqual([1, 2, 0, 0])
    expect([...score!]).toEqual([0.5, 0])
  })

  it('hold several persons of a frame, told apart by their names', () => {
    const lines = ['5,Ann,0,0,1,1', '5,Bob,0,0,2,2', '9,Bob,0,0,3,3']
    const { points } = read(`frame,person,${header}\n${lines.join('\n')}\n`, two)
    expect(points).toMatchObject({ persons: 2, frames: 2 })
    expect([...points.data].filter((_, i) => i % 4 === 0)).toEqual([1, 0, 2, 3])
  })

  it('are told by their header', () => {
    expect(looksLikePoseTable('frame,nose_x,nose_y,nose_score')).toBe(true)
    expect(looksLikePoseTable('clip,label,split,performer')).toBe(false)
  })

  it.each<[string, string, RegExp]>([
    ['no lines', `${header}\n`, /no frames/],
    ['an unknown column', `${header},shot\n1,2,3,4,5\n`, /line 1: .*\n.*\n.*'shot'/],
    ['a column twice', `${header},left hand_x\n1,2,3,4,5\n`, /line 1: .*\n.*\n.*'left hand_x'/],
    ['a missing axis', 'left hand_x,left hand_y,right hand_x\n1,2,3\n', /line 1: joint right hand has no column for y/],
    ['a missing joint', 'left hand_x,left hand_y\n1,2\n', /columns are not the joints[\s\S]*no joint right hand/],
    ['text for a number', `${header}\n1,2,x,4\n`, /line 2, joint 0, x: .*\n.*\n.*"x"/],
    ['a joint with one empty field', `${header}\n1,2,,4\n`, /line 2, joint 0, x/],
    ['a short line', `${header}\n1,2,3\n`, /comma-separated/],
    ['frames that go back', `frame,${header}\n2,1,1,1,1\n1,1,1,1,1\n`, /line 3: frames do not follow\D+ 2\D+1/],
    [
      'a person twice in a frame',
      `frame,person,${header}\n1,Ann,1,1,1,1\n1,Ann,2,2,2,2\n`,
      /line 3: a person stands twice in a frame\n.*'Ann', frame 1/,
    ],
    ['persons without frames', `person,${header}\n1,1,1,1,1\n`, /none that tells the frames/],
  ])('are refused with %s', (_, text, message) => {
    expect(() => read(text, two)).toThrow(message)
  })

  it('must have the joints of a layout', () => {
    expect(() => read(`${header}\n1,2,3,4\n`)).toThrow(
      /no skeleton layout with 2 coordinates has these joints[\s\S]*layout\.json/,
    )
  })
})
