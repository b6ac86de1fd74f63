import { describe, expect, it } from 'vitest'
import { readCompressedKeypoints } from '../../../../src/data/readers/arrays/pyskl-compressed.ts'
import { poseClipOfArray } from '../../../../src/data/readers/shared/pose-array.ts'
import { OssatureError } from '../../../../src/errors.ts'
import { pickled } from '../../../files/pickled.ts'
import { recordedFile } from '../recorded-files.ts'

describe('a clip of an array', () => {
  const shape = [2, 17, 2]
  const data = new Float32Array(68)

  it('refuses a confidence that float32 cannot hold, and names its place', () => {
    const score = { shape: [2, 17], data: new Float64Array(34).fill(1e39, 20, 21) }
    expect(() => poseClipOfArray({ data, shape }, undefined, { where: 'a', bytes: 0, score })).toThrow(
      /a, score, person 0, frame 1, joint 3: .*float32 can hold\n.*1e\+39/,
    )
  })
})

describe('compressed keypoints of PYSKL', () => {
  const dtype = "cnumpy\ndtype\n(S'f4'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntb"
  const array = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR"
  /** One detection of 17 joints, whose first number is given. */
  function detection(first: number): Uint8Array {
    const values = new Uint8Array(Float32Array.of(first, ...new Array(50).fill(1)).buffer)
    const shaped = `}S'keypoint'\n${array}(I1\n(I1\nI17\nI3\nt${dtype}I00\n`
    return pickled(shaped, 0x42, values.length, 0, 0, 0, String.fromCharCode(...values), 'tbs.')
  }
  const read = (first: number, path: string) =>
    readCompressedKeypoints(
      new Map<string, string | number | number[]>([
        ['raw_file', path],
        ['frame_inds', [0]],
        ['total_frames', 1],
      ]),
      [recordedFile('raw/abc.pkl', detection(first))],
      'annotation 0',
    )

  it('are found by the name of the file, as Windows writes its path, too', () => {
    for (const path of ['/data/raw/abc.pkl', 'D:\\kinetics\\raw\\abc.pkl']) {
      expect(read(7, path).points.data[0]).toBe(7)
    }
  })

  it('are refused where half precision cannot hold them', () => {
    expect(() => read(70_000, 'abc.pkl')).toThrow(OssatureError)
    expect(() => read(70_000, 'abc.pkl')).toThrow(/frame 0, joint 0: .*\n.*Infinity/)
  })
})
