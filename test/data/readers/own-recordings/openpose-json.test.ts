import { describe, expect, it } from 'vitest'
import { openposeJson } from '../../../../src/data/readers/own-recordings/openpose-json.ts'
import { recordedFile } from '../recorded-files.ts'

/** A person of OpenPose: x = 100 m + joint, y = 200, confidence 0.5. */
const person = (m: number, joints = 25, id = -1) => ({
  person_id: [id],
  pose_keypoints_2d: Array.from({ length: joints }, (_, v) => [100 * m + v, 200, 0.5]).flat(),
  hand_left_keypoints_2d: [],
})
const frame = (clip: string, number: number, people: unknown) =>
  recordedFile(`${clip}/${clip.split('/').at(-1)}_${String(number).padStart(12, '0')}_keypoints.json`, {
    version: 1.3,
    people,
  })

describe('OpenPose reader', () => {
  it('takes a folder as clip, the folder above as class, files as frames', () => {
    const files = [frame('wave/a', 0, [person(1)]), frame('wave/a', 1, []), frame('walk/b', 0, [person(1), person(2)])]
    expect(openposeJson.recognises(files)).toBe(true)
    const dataset = openposeJson.read(files, 'set')
    expect(dataset).toMatchObject({ layout: 'body-25', channels: 2, classes: ['walk', 'wave'] })
    expect(dataset.entries.map(({ id, label, persons, frames }) => [id, label, persons, frames])).toEqual([
      ['walk/b', 0, 2, 1],
      ['wave/a', 1, 1, 2],
    ])
    const { points, score } = dataset.clip(1)
    expect([...points.data.slice(0, 4)]).toEqual([100, 200, 101, 200])
    expect([...points.data.slice(50), ...score!.slice(25)].every((value) => value === 0)).toBe(true)
    expect(score![0]).toBe(0.5)
  })

  it('follows ids where all persons have one', () => {
    const files = [frame('a', 0, [person(1, 18, 4), person(2, 18, 7)]), frame('a', 1, [person(3, 18, 7)])]
    const { points, layout } = openposeJson.read(files, 'set').clip(0)
    expect(layout).toBe('openpose')
    const x = (m: number, t: number) => points.data[(m * 2 + t) * 36]
    expect([x(0, 0), x(0, 1), x(1, 0), x(1, 1)]).toEqual([100, 0, 200, 300])
  })

  it('keeps the ten persons with the largest confidences of a crowd', () => {
    const crowd = Array.from({ length: 12 }, (_, m) => {
      const { pose_keypoints_2d: numbers, ...rest } = person(m)
      return { ...rest, pose_keypoints_2d: numbers.map((n, i) => (i % 3 === 2 ? m / 12 : n)) }
    })
    const { points } = openposeJson.read([frame('a', 0, crowd)], 'set').clip(0)
    expect(points.persons).toBe(10)
    expect([points.data[0], points.data[9 * 50]]).toEqual([1100, 200])
  })

  it.each<[string, unknown, RegExp]>([
    ['nobody', [], /shows nobody/],
    ['people that are no list', 7, /, people: /],
    [
      'another number of joints',
      [person(1, 24)],
      /people 0, pose_keypoints_2d: .*number of joints\n.*51, 54, 75 numbers\n.*72/,
    ],
    ['joints that change', [person(1), person(1, 18)], /people 1, .*\n.*body-25, as before/],
    ['text', [{ pose_keypoints_2d: Array.from({ length: 75 }, () => 'x') }], /people 0, joint 0, x: .*\n.*"x"/],
    ['a person without joints', [{}], /people 0, pose_keypoints_2d/],
    ['an id that is no number', [{ ...person(1), person_id: 'me' }], /person_id/],
  ])('refuses %s', (_, people, message) => {
    expect(() => openposeJson.read([frame('a', 0, people)], 'set')).toThrow(message)
  })
})
