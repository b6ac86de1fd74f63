import { describe, expect, it } from 'vitest'
import { amc, readAmc } from '../../../../src/data/readers/motion-capture/amc.ts'
import { readAsf } from '../../../../src/data/readers/motion-capture/asf-skeleton.ts'
import { expectRefused, expectRobust, memoryFiles } from '../text-files.ts'

const ASF = `# a comment
:version 1.10
:units
  mass 1.0
  length 0.45
  angle deg
:root
   order TX TY TZ RX RY RZ
   axis XYZ
   position 0 0 0
   orientation 0 0 0
:bonedata
  begin
     id 1
     name lfemur
     direction 0.34202 -0.939693 0
     length 7.5
     axis 0 0 20  XYZ
    dof rx ry rz
    limits (-160.0 20.0)
           (-70.0 70.0)
  end
  begin
     id 2
     name lfoot
     direction 0 0 1
     length 2.2
     axis -90 0 20 XYZ
    dof rx rz
  end
:hierarchy
  begin
    root lfemur
    lfemur lfoot
  end
`
const AMC = `#!OML:ASF test
:FULLY-SPECIFIED
:DEGREES
1
root 4 5 6 10 20 30
lfemur 15 25 35
lfoot 45 -30
2
root 0 0 0 0 0 0
lfemur 0 0 0
lfoot 0 0
`
const bytes = (text: string) => new TextEncoder().encode(text)
const skeleton = readAsf(bytes(ASF), '13.asf')
const read = (text: string) => readAmc(bytes(text), '13_29.amc', skeleton)

describe('AMC and ASF', () => {
  it('give positions in metres by forward kinematics: reference by quaternions', () => {
    const { data } = read(AMC)
    const root = [0.22577777777777777, 0.2822222222222222, 0.33866666666666667]
    const femur = [0.5593159693915386, 0.18485874367794503, 0.0968323245152233]
    const foot = [0.6778939992750211, 0.15512844253099442, 0.11863784025071306]
    for (const [i, value] of [...root, ...femur, ...foot].entries()) expect(data[i]).toBeCloseTo(value, 6)
  })

  it('give the directions of the bones at rest', () => {
    const { data } = read(AMC)
    const unit = 0.0254 / 0.45
    const end = [0.34202 * 7.5 * unit, -0.939693 * 7.5 * unit, 0]
    for (const [i, value] of [...end, end[0], end[1], 2.2 * unit].entries()) expect(data[12 + i]).toBeCloseTo(value, 6)
  })

  it('mean the same in radians', () => {
    const radians = AMC.replace(':DEGREES', ':RADIANS').replace('lfoot 45', `lfoot ${Math.PI / 4}`)
    const turned = radians
      .replace(' -30', ` ${-Math.PI / 6}`)
      .replace('10 20 30', '0 0 0')
      .replace('15 25 35', '0 0 0')
    const degrees = AMC.replace('10 20 30', '0 0 0').replace('15 25 35', '0 0 0')
    for (const [i, value] of read(degrees).data.entries()) expect(read(turned).data[i]).toBeCloseTo(value, 6)
  })

  it('belong together by the number of the subject', () => {
    const files = memoryFiles({ '02.asf': ASF, '13.asf': ASF, '13_29.amc': AMC, '14_01.amc': AMC })
    const { entries, notes } = amc.read(files, 'set')
    expect(entries.map(({ id, meta }) => [id, meta])).toEqual([
      ['13_29', { frameRate: 120, performer: 13 }],
      ['14_01', { frameRate: 120, performer: 14 }],
    ])
    expect(notes).toEqual(['14_01.amc has no skeleton of its own; 02.asf stands in.'])
  })

  it.each<[string, string, RegExp]>([
    [
      'a bone that the skeleton does not have',
      AMC.replace('lfoot 45', 'tail 45'),
      /line 7: .*\n.*a bone of the skeleton/,
    ],
    ['a number too few', AMC.replace('45 -30', '45'), /line 7: .*\n.*rx rz, once/],
    ['a bone twice', AMC.replace('lfoot 45 -30', 'lfemur 1 2 3'), /line 7: .*\n.*once in a frame/],
    ['a missing bone', AMC.replace('lfoot 45 -30\n', ''), /frame 1: a frame is incomplete\n.*lfoot/],
    ['a missing frame', AMC.replace('\n2\n', '\n3\n'), /line 8: a frame is missing\n.*2\n.*3/],
    ['text as an angle', AMC.replace('-30', 'x'), /line 7, bone lfoot, rz: .*\n.*\n.*"x"/],
    ['no frames', ':DEGREES\n', /has no frames/],
  ])('refuses a motion with %s', (_, text, message) => {
    expectRefused(() => read(text), message)
  })

  it.each<[string, string, RegExp]>([
    ['an unknown bone', ASF.replace('root lfemur', 'root tail'), /line 33: there is no such bone\n.*tail/],
    ['a bone without parent', ASF.replace('    lfemur lfoot\n', ''), /has no parent\n.*lfoot/],
    ['two parents', ASF.replace('root lfemur', 'root lfemur lfoot'), /two parents\n.*lfoot/],
    ['a circle', ASF.replace('root lfemur', 'lfoot lfemur'), /circle/],
    ['a bone without length', ASF.replace('     length 2.2\n', ''), /line 23: a bone is incomplete/],
    ['an unknown degree of freedom', ASF.replace('rx rz', 'rx l'), /tx to rz.*\n.*l$/],
    ['another order of axes', ASF.replace('-90 0 20 XYZ', '-90 0 20 ZYX'), /XYZ\n.*ZYX/],
    ['no order of the root', ASF.replace('   order TX TY TZ RX RY RZ\n', ''), /root has no order/],
    ['a bone that never ends', ASF.replace(/ {2}end\n:hierarchy[\s\S]*/, ''), /line 23: a bone has no end/],
  ])('refuses a skeleton with %s', (_, text, message) => {
    expectRefused(() => readAsf(bytes(text), '13.asf'), message)
  })

  it('refuses skeletons and motions that would take far more time or memory than their files', () => {
    const bone = (i: number) => `begin\nname b${i}\ndirection 0 1 0\nlength 1\nend\n`
    const many = (count: number) => {
      const names = Array.from({ length: count }, (_, i) => i)
      const bones = names.map(bone).join('')
      const children = names.map((i) => `b${i}`).join(' ')
      return `:root\norder TX\n:bonedata\n${bones}:hierarchy\nbegin\nroot ${children}\nend\n`
    }
    expectRefused(() => readAsf(bytes(many(1001)), '13.asf'), /too many bones\n.*1000/)
    const frames = Array.from({ length: 20_000 }, (_, i) => `${i + 1}\nroot 0\n`).join('')
    const wide = readAsf(bytes(many(900)), '13.asf')
    expectRefused(() => readAmc(bytes(frames), '13_29.amc', wide), /too much memory for the size of its file/)
  })

  it('refuses motions without any skeleton', () => {
    expectRefused(() => amc.read(memoryFiles({ '13_29.amc': AMC }), 'set'), /skeleton is missing\n.*13\.asf/)
  })

  it('answers damage with an OssatureError', () => expectRobust(amc, memoryFiles({ '13.asf': ASF, '13_29.amc': AMC })))
})
