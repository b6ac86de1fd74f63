import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { mediapipeHandTable } from '../../../../src/data/readers/own-recordings/mediapipe-hand-table.ts'
import { toyotaTsu } from '../../../../src/data/readers/published/toyota-tsu.ts'
import { utdMhad } from '../../../../src/data/readers/published/utd-mhad.ts'
import { eighth, fixtureBytes, fixtureFiles, recordedFile } from '../recorded-files.ts'

describe('UTD-MHAD reader', () => {
  it('takes label and origin from the name, and the joints in the order of Kinect v1', () => {
    const dataset = utdMhad.read(fixtureFiles('utd-mhad'), 'set')
    const clip = dataset.clip(0)
    expect(clip).toMatchObject({
      id: 'a27_s2_t3_skeleton',
      label: 26,
      layout: 'nw_ucla',
      meta: { performer: 2, repetition: 3 },
    })
    expect(dataset.classes[26]).toBe('squat')
    expect(clip.points).toMatchObject({ persons: 1, frames: 2, joints: 20, channels: 3 })
    // Joint 0 is the middle of the hips, joint 3 of the file; row-major (20, 3, 2).
    const at = (joint: number, axis: number, frame: number) => eighth((joint * 3 + axis) * 2 + frame)
    expect([...clip.points.data.slice(0, 3)]).toEqual([at(3, 0, 0), at(3, 1, 0), at(3, 2, 0)])
    expect([...clip.points.data.slice(60 + 9, 60 + 15)]).toEqual([
      at(0, 0, 1),
      at(0, 1, 1),
      at(0, 2, 1),
      at(4, 0, 1),
      at(4, 1, 1),
      at(4, 2, 1),
    ])
  })

  it('refuses other variables and actions', () => {
    const plain = fixtureBytes('mat/plain.mat')
    expect(() => utdMhad.read([recordedFile('a1_s1_t1_skeleton.mat', plain)], 'set')).toThrow(
      /d_skel: .*\n.*\n.*no such variable/,
    )
    expect(() => utdMhad.read([recordedFile('a28_s1_t1_skeleton.mat', plain)], 'set')).toThrow(/unknown class/)
  })
})

describe('Toyota Smarthome Untrimmed reader', () => {
  /** `kpts` of so many frames; x of joint 0 is the frame. */
  function video(frames: number, joints = 17) {
    const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${frames}, ${joints}, 2), }`
    const data = Float32Array.from({ length: frames * joints * 2 }, (_, i) =>
      i % (joints * 2) === 0 ? i / (joints * 2) : 0,
    )
    const head = [0x93, ...strToU8('NUMPY'), 1, 0, header.length, 0, ...strToU8(header)]
    return zipSync({ 'kpts.npy': new Uint8Array([...head, ...new Uint8Array(data.buffer)]) })
  }
  const list = (actions: unknown, subset = 'training') => ({ P02T01C03: { subset, duration: 10, actions } })
  const npz = recordedFile('P02T01C03_LCRNet2d.npz', video(10))
  const files = (actions: unknown, protocol = 'CS') => [
    npz,
    recordedFile(`smarthome_${protocol}_51.json`, list(actions)),
  ]

  it('cuts overlapping actions out of the video', () => {
    const names = recordedFile('Action_list', '0\tEnter\n1\tWalk\n')
    const dataset = toyotaTsu.read(
      [
        ...files([
          [1, 2, 5],
          [0, 4, 12],
        ]),
        names,
      ],
      'set',
    )
    expect(dataset).toMatchObject({ layout: 'coco', classes: ['Enter', 'Walk'] })
    expect(dataset.entries.map(({ id, label, frames }) => [id, label, frames])).toEqual([
      ['P02T01C03_1_2_5', 1, 4],
      ['P02T01C03_0_4_12', 0, 6],
    ])
    expect(dataset.clip(1).points.data[0]).toBe(4)
    expect(dataset.clip(1).meta).toEqual({ performer: 2, camera: 3, imageWidth: 640, imageHeight: 480 })
  })

  it('makes splits of the lists where both parts have clips', () => {
    const other = recordedFile('P03T01C03_LCRNet2d.npz', video(5))
    const content = { ...list([[0, 0, 1]]), P03T01C03: { subset: 'testing', duration: 5, actions: [[0, 0, 1]] } }
    const dataset = toyotaTsu.read([npz, other, recordedFile('smarthome_CV_51.json', content)], 'set')
    expect(dataset.splits).toEqual({ 'cross-view': { train: [0], test: [1] } })
  })

  it.each<[string, Parameters<typeof toyotaTsu.read>[0], RegExp]>([
    ['an action behind the video', files([[0, 10, 12]]), /actions 0: .*not inside the video\n.*0 to 9\n.*10/],
    ['an unknown class', files([[51, 0, 1]]), /not inside the video/],
    ['an action of two numbers', files([[0, 1]]), /actions 0: /],
    ['a video that is not listed', [npz, recordedFile('smarthome_CS_51.json', {})], /video is not listed/],
    ['another subset', [npz, recordedFile('smarthome_CS_51.json', list([], 'both'))], /no such subset/],
    ['other joints', [recordedFile(npz.name, video(3, 13)), ...files([]).slice(1)], /kpts: .*\n.*17, 2\)\n.*13, 2\)/],
  ])('refuses %s', (_, recorded, message) => {
    expect(() => toyotaTsu.read(recorded, 'set')).toThrow(message)
  })
})

describe('reader of hand postures', () => {
  const line = (label: number | string, numbers = 42) =>
    [label, ...Array.from({ length: numbers }, (_, i) => i / 64)].join()
  const read = (text: string, names = 'Open\nClose\n') =>
    mediapipeHandTable.read(
      [recordedFile('k/keypoint.csv', text), recordedFile('k/keypoint_classifier_label.csv', `\ufeff${names}`)],
      'set',
    )

  it('takes a line for a clip', () => {
    const dataset = read(`${line(1)}\n${line(0)}\n`)
    expect(dataset).toMatchObject({ layout: 'handmp', classes: ['Open', 'Close'] })
    expect(dataset.clip(0)).toMatchObject({
      id: '000001',
      label: 1,
      points: { persons: 1, frames: 1, joints: 21, channels: 2 },
    })
    expect(dataset.clip(0).points.data[41]).toBe(41 / 64)
  })

  it('refuses lines of another form and classes without a name', () => {
    expect(() => read(`${line(0, 41)}\n`)).toThrow(/line 1: .*no posture\n.*\n.*42 fields/)
    expect(() => read(`${line('x')}\n`)).toThrow(/line 1: .*no class index/)
    expect(() => read(`${line(2)}\n`)).toThrow(/class has no name\n.*at most 1\n.*2/)
  })
})
