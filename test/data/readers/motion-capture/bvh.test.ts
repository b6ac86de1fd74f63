import { describe, expect, it } from 'vitest'
import { bvh, readBvh } from '../../../../src/data/readers/motion-capture/bvh.ts'
import { layoutByName } from '../../../../src/skeleton/layouts/index.ts'
import { expectRefused, expectRobust, memoryFiles } from '../text-files.ts'

const FILE = `HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT LeftLeg
  {
    OFFSET 0 5 0
    CHANNELS 3 Yrotation Xrotation Zrotation
    JOINT LeftFoot
    {
      OFFSET 1 -2 0.5
      CHANNELS 3 Zrotation Yrotation Xrotation
      End Site
      {
        OFFSET 0 1 0
      }
    }
  }
  JOINT RightLeg
  {
    OFFSET 0 -5 0
    CHANNELS 0
  }
}
MOTION
Frames: 2
Frame Time: 0.0083333
1 2 3 10 20 30 40 -50 60 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0
`
const bytes = (text = FILE) => new TextEncoder().encode(text)
const read = (text: string) => readBvh(bytes(text), 'walk.bvh')

describe('BVH', () => {
  it('gives positions by forward kinematics: reference by quaternions', () => {
    const { joints, points, frameRate } = read(FILE)
    expect(joints.map(({ name }) => name)).toEqual(['Hips', 'LeftLeg', 'LeftFoot', 'RightLeg'])
    expect(frameRate).toBe(120)
    const leg = [0.18412044416732598, 6.627082891991616, 4.710100716628343]
    const foot = [1.1639239662600511, 7.761219399065876, 2.976976531402112]
    for (const [i, value] of [1, 2, 3, ...leg, ...foot].entries()) expect(points.data[i]).toBeCloseTo(value, 5)
  })

  it('gives the offsets at rest', () => {
    const { data } = read(FILE).points
    expect([...data.slice(12)]).toEqual([0, 0, 0, 0, 5, 0, 1, 3, 0.5, 0, -5, 0])
  })

  it('takes the class from the folder, or from the beginning of the name', () => {
    const classes = (...names: string[]) =>
      bvh.read(memoryFiles(Object.fromEntries(names.map((name) => [name, FILE]))), 'x').classes
    expect(classes('set/walk/1.bvh', 'set/run/2.bvh')).toEqual(['run', 'walk'])
    expect(classes('set/old_01_000.bvh', 'set/angry_13_001.bvh')).toEqual(['angry', 'old'])
  })

  it('registers a layout with the tree of the file', () => {
    const layout = layoutByName(bvh.read(memoryFiles({ 'walk.bvh': FILE }), 'x').layout)
    expect(layout.joints).toEqual(['Hips', 'LeftLeg', 'LeftFoot', 'RightLeg'])
    expect(layout.parents).toEqual([0, 0, 1, 0])
    expect(layout.mirrored).toEqual([[1, 3]])
  })

  it('refuses files with different skeletons', () => {
    const files = memoryFiles({ 'a_1.bvh': FILE, 'b_1.bvh': FILE.replace('RightLeg', 'Tail') })
    expectRefused(() => bvh.read(files, 'x'), /one skeleton layout/)
  })

  it.each<[string, string, RegExp]>([
    ['another kind of file', 'MOTION', /line 1: .*\n.*'HIERARCHY'\n.*"MOTION"/],
    ['a joint without channels', FILE.replace('CHANNELS 0', 'CHANELS 0'), /line 23: .*\n.*'CHANNELS'/],
    ['an unknown channel', FILE.replace('Xposition', 'Xscale'), /line 5: .*\n.*\n.*"Xscale"/],
    ['a channel twice', FILE.replace('Yposition', 'Xposition'), /each once/],
    ['seven channels', FILE.replace('CHANNELS 6', 'CHANNELS 7'), /0 to 6 channels/],
    ['two joints of one name', FILE.replace('RightLeg', 'Hips'), /a name of its own\n.*"Hips"/],
    ['an offset that is no number', FILE.replace('OFFSET 0 5 0', 'OFFSET 0 up 0'), /line 8, offset y: .*\n.*\n.*"up"/],
    ['a frame too few', FILE.replace('Frames: 2', 'Frames: 3'), /number of frames is another\n.*3 lines.*\n.*2/],
    ['a number too few', FILE.replace('60 0 0 0', '60 0 0'), /line 29: .*\n.*12 numbers.*\n.*11/],
    ['text as an angle', FILE.replace('-50', 'bent'), /line 29, joint LeftLeg, Xrotation: .*\n.*\n.*"bent"/],
    ['no time', FILE.replace('0.0083333', '0'), /a time above 0/],
    ['an end within the hierarchy', FILE.slice(0, FILE.indexOf('MOTION') - 2), /the end of the file/],
  ])('refuses %s', (_, text, message) => {
    expectRefused(() => read(text), message)
  })

  it('refuses motions that would take far more memory than the file', () => {
    const still = Array.from({ length: 990 }, (_, i) => `JOINT j${i}\n{\nOFFSET 0 0 0\nCHANNELS 0\n}\n`).join('')
    const head = `HIERARCHY\nROOT r\n{\nOFFSET 0 0 0\nCHANNELS 1 Xposition\n${still}}\nMOTION\n`
    const text = (frames: number) => `${head}Frames: ${frames}\nFrame Time: 0.1\n${'0\n'.repeat(frames)}`
    expect(read(text(2)).points).toMatchObject({ frames: 2, joints: 991 })
    expectRefused(() => read(text(20_000)), /too much memory for the size of its file/)
  })

  it('refuses places that float32 cannot hold', () => {
    const far = FILE.replace('OFFSET 0 5 0', 'OFFSET 3e38 0 0').replace('\n0 0 0 0 0 0', '\n3e38 0 0 0 0 0')
    expectRefused(() => read(far), /frame 1, joint 1: .*float32 can hold/)
  })

  it('answers damage with an OssatureError', () => expectRobust(bvh, memoryFiles({ 'walk.bvh': FILE })))
})
