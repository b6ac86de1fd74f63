import { describe, expect, it } from 'vitest'
import { azureKinectFile } from '../../../../src/data/readers/own-recordings/azure-kinect.ts'
import { cocoFile } from '../../../../src/data/readers/own-recordings/coco-keypoints.ts'
import { mediapipeFile } from '../../../../src/data/readers/own-recordings/mediapipe-json.ts'
import { recordedFile } from '../recorded-files.ts'

describe('COCO keypoints', () => {
  const pose = (x: number, third = 2) => Array.from({ length: 17 }, (_, v) => [x + v, 7, third]).flat()
  const image = (id: number, more = {}) => ({ id, file_name: `${id}.jpg`, width: 640, height: 480, ...more })
  const read = (content: unknown) => {
    const file = recordedFile('clip.json', content)
    expect(cocoFile.begins(file)).toBe(true)
    return cocoFile.read([file], file.where)
  }

  it('come as images and annotations; the third number tells whether a joint is labelled', () => {
    const clip = read({
      images: [image(10), image(11), image(12)],
      annotations: [
        { image_id: 12, keypoints: pose(300, 0), num_keypoints: 17 },
        { image_id: 10, keypoints: pose(100, 1) },
        { image_id: 10, bbox: [0, 0, 1, 1] },
      ],
    })
    expect(clip).toMatchObject({ layout: 'coco', meta: { imageWidth: 640, imageHeight: 480 } })
    expect(clip.points).toMatchObject({ persons: 1, frames: 3, channels: 2 })
    expect([0, 1, 2].map((t) => [clip.points.data[34 * t], clip.score![17 * t]])).toEqual([
      [100, 1],
      [0, 0],
      [300, 0],
    ])
  })

  it('are in the order of frame_id, and of tracks', () => {
    const clip = read({
      images: [image(10, { frame_id: 1 }), image(11, { frame_id: 0 })],
      annotations: [
        { image_id: 11, keypoints: pose(200), track_id: 5 },
        { image_id: 10, keypoints: pose(300), track_id: 6 },
        { image_id: 10, keypoints: pose(400), track_id: 5 },
      ],
    })
    const x = (m: number, t: number) => clip.points.data[(m * 2 + t) * 34]
    expect([x(0, 0), x(0, 1), x(1, 0), x(1, 1)]).toEqual([200, 400, 0, 300])
  })

  it('come as a list of results in the order of the numbers in their names', () => {
    const clip = read([
      { image_id: '10.jpg', keypoints: pose(2, 0.5), score: 2.5 },
      { image_id: '9.jpg', keypoints: pose(1, 0.25), score: 2.5 },
    ])
    expect([clip.points.data[0], clip.points.data[34], clip.score![0], clip.score![17]]).toEqual([1, 2, 0.25, 0.5])
    expect(clip.meta).toEqual({})
  })

  it.each<[string, unknown, RegExp]>([
    [
      'an image that is not listed',
      { images: [image(1)], annotations: [{ image_id: 2, keypoints: pose(1) }] },
      /annotations 0: .*not listed\n.*2/,
    ],
    ['two images of one id', { images: [image(1), image(1)], annotations: [] }, /two images have one id/],
    ['nobody', { images: [image(1)], annotations: [] }, /shows nobody/],
    ['keypoints that are no triples', [{ image_id: 1, keypoints: [1, 2] }], /result 0: keypoints are not triples/],
    ['16 joints', [{ image_id: 1, keypoints: pose(1).slice(3) }], /17 \(coco\)[\s\S]*16 joints/],
    [
      'joints that change',
      [
        { image_id: 1, keypoints: pose(1) },
        { image_id: 2, keypoints: [1, 2, 3] },
      ],
      /result 1, keypoints: .*\n.*51/,
    ],
    ['a joint that is null', [{ image_id: 1, keypoints: pose(1).with(4, null as never) }], /result 0, joint 1, y: /],
    ['no id of an image', [{ keypoints: pose(1) }], /result 0, image_id: /],
  ])('are refused with %s', (_, content, message) => {
    const file = recordedFile('clip.json', content)
    expect(() => cocoFile.read([file], file.where)).toThrow(message)
  })
})

describe('landmarks of MediaPipe', () => {
  const marks = (count: number, x: number) =>
    Array.from({ length: count }, (_, v) => ({ x: x + v / 64, y: 0.5, z: -1, visibility: 0.75 }))
  const read = (content: unknown, landmarks: 'image' | 'world' = 'image') => {
    const file = recordedFile('clip.json', content)
    const format = mediapipeFile({ landmarks })
    expect(format.begins(file)).toBe(true)
    return format.read([file], file.where)
  }

  it.each<[string, (persons: unknown[]) => unknown]>([
    ['results of the tasks', (persons) => ({ landmarks: persons, worldLandmarks: [] })],
    ['results of the pose solution', ([person]) => ({ poseLandmarks: person })],
    ['printed protocol buffers', ([person]) => ({ pose_landmarks: { landmark: person } })],
    ['bare lists', ([person]) => person],
  ])('come as %s', (_, result) => {
    for (const wrapped of [(frames: unknown[]) => frames, (frames: unknown[]) => ({ frames })]) {
      const clip = read(wrapped([result([marks(33, 0.25)]), result([marks(33, 0.5)])]))
      expect(clip.layout).toBe('mediapipe-pose')
      expect(clip.points).toMatchObject({ persons: 1, frames: 2, joints: 33, channels: 2 })
      expect([...clip.points.data.slice(66, 68), clip.score![0]]).toEqual([0.5, 0.5, 0.75])
    }
  })

  it('of space have depth', () => {
    const clip = read([{ landmarks: [marks(21, 0.5)], worldLandmarks: [marks(21, 0)] }], 'world')
    expect(clip.layout).toBe('handmp-world')
    expect([...clip.points.data.slice(0, 3)]).toEqual([0, 0.5, -1])
  })

  it('of frames without anybody are 0', () => {
    const clip = read([{ landmarks: [] }, null, { landmarks: [marks(33, 0.5)] }])
    expect(clip.points.frames).toBe(3)
    expect([...clip.points.data.slice(0, 132)].every((value) => value === 0)).toBe(true)
  })

  it('of two hands are told apart by their sides', () => {
    const hands = (...sides: string[]) => ({
      landmarks: sides.map((side) => marks(21, side === 'Left' ? 0.25 : 0.5)),
      handedness: sides.map((side) => [{ categoryName: side }]),
    })
    const { points } = read([hands('Right', 'Left'), hands('Right')])
    const x = (m: number, t: number) => points.data[(m * 2 + t) * 42]
    expect([x(0, 0), x(0, 1), x(1, 0), x(1, 1)]).toEqual([0.25, 0, 0.5, 0.5])
  })

  it.each<[string, unknown, RegExp]>([
    ['nobody', [{ landmarks: [] }], /shows nobody/],
    ['no list', { frames: 7 }, /frames: .*\n.*list of frames\n.*7/],
    [
      'landmarks that change',
      [{ landmarks: [marks(33, 0)] }, { landmarks: [marks(21, 0)] }],
      /frame 1, person 0: .*number of landmarks\n.*33/,
    ],
    ['a number of landmarks that nothing has', [marks(34, 0)], /so many joints\n[\s\S]*34 joints/],
    ['a missing coordinate', [[{ x: 1 }]], /frame 0, person 0, landmark 0, y: .*\n.*nothing/],
    ['a third kind of hand', [{ landmarks: [marks(21, 0)], handedness: ['Middle'] }], /handedness: .*\n.*\n.*Middle/],
  ])('are refused with %s', (_, content, message) => {
    const file = recordedFile('clip.json', content)
    expect(() => mediapipeFile().read([file], file.where)).toThrow(message)
  })
})

describe('Azure Kinect', () => {
  const positions = (x: number) => Array.from({ length: 32 }, (_, v) => [x, v, 2000])
  const body = (id: number, x: number) => ({ body_id: id, joint_orientations: [], joint_positions: positions(x) })
  const frames = (...bodies: unknown[][]) => ({
    bone_list: [['SPINE_CHEST', 'SPINE_NAVEL']],
    frames: bodies.map((list, i) => ({ frame_id: i, num_bodies: list.length, bodies: list })),
  })
  const read = (content: unknown) => azureKinectFile.read([recordedFile('clip.json', content)], 'clip.json')

  it('gives 32 joints in millimetres; a body keeps its row', () => {
    expect(azureKinectFile.begins(recordedFile('clip.json', frames([])))).toBe(true)
    const { points, layout, score } = read(frames([body(1, 10), body(2, 20)], [], [body(2, 25)]))
    expect(layout).toBe('azure-kinect')
    expect(points).toMatchObject({ persons: 2, frames: 3, joints: 32, channels: 3 })
    const x = (m: number, t: number) => points.data[(m * 3 + t) * 96]
    expect([x(0, 0), x(0, 1), x(0, 2), x(1, 0), x(1, 2)]).toEqual([10, 0, 0, 20, 25])
    expect(score).toBeUndefined()
  })

  it('reads levels of confidence and points with names', () => {
    const named = positions(10).map(([x, y, z]) => ({ x, y, z }))
    const one = { body_id: 1, joint_positions: named, joint_confidence_levels: new Array(32).fill(3) }
    const { points, score } = read(frames([one]))
    expect([points.data[0], points.data[2], score![31]]).toEqual([10, 2000, 1])
  })

  it.each<[string, unknown, RegExp]>([
    ['no frames', { frames: [] }, /shows nobody/],
    [
      '31 joints',
      frames([{ ...body(1, 1), joint_positions: positions(1).slice(1) }]),
      /frame 0, body 0, joint_positions: .*\n.*32 joints\n.*list of 31/,
    ],
    [
      'two coordinates',
      frames([{ ...body(1, 1), joint_positions: positions(1).map((p) => p.slice(1)) }]),
      /joint 0: .*\n.*3 coordinates/,
    ],
    ['an id with a fraction', frames([body(1.5, 1)]), /body_id: /],
    [
      'a level of 4',
      frames([{ ...body(1, 1), joint_confidence_levels: new Array(32).fill(4) }]),
      /joint 0: there is no such level/,
    ],
    ['no object', [], /an object/],
  ])('is refused with %s', (_, content, message) => {
    expect(() => read(content)).toThrow(message)
  })
})
