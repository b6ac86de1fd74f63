import { describe, expect, it } from 'vitest'
import { NTU_BODY_RULES } from '../../../../src/data/readers/ntu/actors.ts'
import { NTU_MISSING_SKELETONS } from '../../../../src/data/readers/ntu/missing-skeletons.ts'
import { ntuSkeleton, readNtuSkeletons } from '../../../../src/data/readers/ntu/ntu-skeleton.ts'
import { parseSkeletonText } from '../../../../src/data/readers/ntu/skeleton-text.ts'
import { recordedFile } from '../recorded-files.ts'
import { type Appearance, skeletonText } from '../skeleton-text.ts'

const NAME = 'S002C003P004R001A050'
const file = (text: string, name = NAME) => recordedFile(`nturgb+d_skeletons/${name}.skeleton`, text)
const parsed = (frames: readonly (readonly Appearance[])[]) =>
  parseSkeletonText(new TextEncoder().encode(skeletonText(frames)), 'file')

/** A person who is there for some frames, `height` high and as wide as given, x growing with the frame. */
const person = (id: number, height = 1.6, width = 0.5, speed = 0): ((t: number) => Appearance) => {
  return (t) => ({
    id,
    joints: Array.from({ length: 25 }, (_, v) => [(width * v) / 24 + speed * t, (height * v) / 24, 3]),
  })
}
const frames = (count: number, persons: (t: number) => Appearance[]) =>
  Array.from({ length: count }, (_, t) => persons(t))

describe('NTU RGB+D reader', () => {
  it('takes label and origin from the name, and x y z of 25 joints from the text', () => {
    const text = skeletonText([[{ id: 7, joints: Array.from({ length: 25 }, (_, v) => [v / 8, -v / 4, 3.5]) }]])
    const dataset = ntuSkeleton.read([file(text)], 'set')
    const clip = dataset.clip(0)
    expect(clip).toMatchObject({ id: NAME, label: 49, layout: 'nturgb+d' })
    expect(clip.meta).toEqual({ setup: 2, camera: 3, performer: 4, repetition: 1 })
    expect(dataset.classes).toHaveLength(60)
    expect(dataset.classes[49]).toBe('punching/slapping other person')
    expect([...clip.points.data.slice(3, 9)]).toEqual([0.125, -0.25, 3.5, 0.25, -0.5, 3.5])
  })

  it('reads both line ends alike', () => {
    const text = skeletonText(frames(2, (t) => [person(1)(t)]))
    const windows = ntuSkeleton.read([file(text.replaceAll('\n', '\r\n'))], 'set')
    expect(windows.clip(0)).toEqual(ntuSkeleton.read([file(text)], 'set').clip(0))
  })

  it('knows 120 classes where an action is beyond 60', () => {
    const text = skeletonText([[person(1)(0)]])
    const { classes, entries } = ntuSkeleton.read([file(text, 'S018C001P008R001A120')], 'set')
    expect([classes.length, classes[entries[0].label]]).toEqual([120, 'finger-guessing game'])
  })

  it('rounds to half precision as the published files do, unless told otherwise', () => {
    const text = skeletonText([[{ id: 1, joints: Array.from({ length: 25 }, () => [0.1, 0.2, 3.3]) }]])
    const first = (stored?: 'float32') => readNtuSkeletons([file(text)], 'set', { stored }).clip(0).points.data[0]
    expect([first(), first('float32')]).toEqual([0.0999755859375, Math.fround(0.1)])
  })

  it('leaves out what is listed as missing, and tells so', () => {
    const text = skeletonText([[person(1)(0)]])
    const files = [
      file(text),
      file(text, 'S001C002P005R002A008'),
      file(text, 'S003C001P001R001A001'),
      recordedFile('my_missing_skeletons.txt', 'S003C001P001R001A001\r\n'),
    ]
    const dataset = ntuSkeleton.read(files, 'set')
    expect(dataset.entries.map(({ id }) => id)).toEqual([NAME])
    expect(dataset.notes).toEqual([
      expect.stringMatching(/^2 recordings.*S001C002P005R002A008, S003C001P001R001A001\.$/),
    ])
    expect(readNtuSkeletons(files.slice(0, 2), 'set', { missing: new Set() }).entries).toHaveLength(2)
  })

  it('has the published numbers of missing skeletons', () => {
    const setups = [...NTU_MISSING_SKELETONS].map((name) => Number(name.slice(1, 4)))
    expect([setups.length, setups.filter((setup) => setup <= 17).length]).toEqual([535, 302])
  })

  const valid = skeletonText(frames(2, (t) => [person(1)(t)]))
  const line = (number: number, text: string) =>
    valid
      .split('\n')
      .with(number - 1, text)
      .join('\n')
  it.each<[string, string, RegExp]>([
    ['an empty file', '', /ends too early\n.*number of frames/],
    ['text instead of the number of frames', line(1, 'two'), /line 1: .*number of frames\n.*\n.*'two'/],
    ['more frames than the file can hold', line(1, '99999999'), /line 1: .*number of frames/],
    ['a number of bodies with a fraction', line(2, '1.5'), /line 2: .*number of bodies/],
    ['a body without id', line(3, 'x 0 0'), /line 3, frame 0: .*id of a body/],
    ['another number of joints', line(4, '20'), /line 4: .*another number of joints\n.*25\n.*20/],
    ['a missing coordinate', line(6, '0.5 1'), /line 6, z: .*\n.*nothing/],
    ['a coordinate that is no number', line(7, '0.5 nan 3'), /line 7, y: .*\n.*'nan/],
    ['a coordinate beyond float32', line(7, '1e39 0 3'), /line 7, x: /],
    ['a file that is cut off', valid.split('\n').slice(0, 40).join('\n'), /after line 40.*\n.*joint \d+ of frame 1/],
    ['text behind the last frame', `${valid}1\n`, /goes on after its last frame/],
    ['no body at all', '2\n0\n0\n', /no body in any frame/],
  ])('refuses %s', (_, text, message) => {
    expect(() => ntuSkeleton.read([file(text)], 'set')).toThrow(message)
  })

  it('refuses frames without bodies that would take far more memory than the file', () => {
    const empty = 40_000
    const text = `${empty + 1}\n${'0\n'.repeat(empty)}${skeletonText([[person(1)(0)]]).slice(2)}`
    expect(() => readNtuSkeletons([file(text)], 'set', { bodies: 'st-gcn' })).toThrow(/too much memory/)
  })

  it('refuses names of another form, and a clip twice', () => {
    expect(() => ntuSkeleton.read([file(valid, 'S001C001P001R001A121')], 'set')).toThrow(/not one of NTU RGB\+D/)
    expect(() => ntuSkeleton.read([file(valid), file(valid)], 'set')).toThrow(/two clips/)
  })
})

describe('bodies of a recording', () => {
  const shape = (rule: keyof typeof NTU_BODY_RULES, text: ReturnType<typeof parsed>) => {
    const points = NTU_BODY_RULES[rule](text)!
    return [points.persons, points.frames]
  }

  it('drops frames without bodies, except where slots of frames are taken', () => {
    const text = parsed([[], [person(1)(0)], [], [person(1)(1)]])
    expect(shape('pyskl', text)).toEqual([1, 2])
    expect(shape('ctr-gcn', text)).toEqual([1, 2])
    expect(shape('st-gcn', text)).toEqual([1, 4])
    expect(shape('2s-agcn', text)).toEqual([1, 4])
  })

  it('drops a body of 11 frames beside a longer one, and keeps one of 12', () => {
    const second = (length: number) => parsed(frames(20, (t) => [person(1)(t), ...(t < length ? [person(2)(t)] : [])]))
    expect(shape('pyskl', second(11))).toEqual([1, 20])
    expect(shape('pyskl', second(12))).toEqual([2, 20])
  })

  it('keeps the one that moves most where all are short', () => {
    const text = parsed(frames(5, (t) => [person(1)(t), person(2, 1.6, 0.5, 1)(t)]))
    for (const rule of ['pyskl', 'ctr-gcn'] as const) {
      const { persons, data } = NTU_BODY_RULES[rule](text)!
      expect([persons, data[75 * 4]]).toEqual([1, 4])
    }
  })

  it('drops a body that is too wide for its height', () => {
    const text = parsed(frames(20, (t) => [person(1)(t), person(2, 1, 0.81)(t)]))
    expect(shape('pyskl', text)).toEqual([1, 20])
    expect(shape('pyskl', parsed(frames(20, (t) => [person(1)(t), person(2, 1, 0.79)(t)])))).toEqual([2, 20])
  })

  it('puts the body that moves most first', () => {
    const { data } = NTU_BODY_RULES.pyskl(parsed(frames(20, (t) => [person(1)(t), person(2, 1.6, 0.5, 0.1)(t)])))!
    expect(data[75 * 10]).toBe(1)
    expect(data[75 * 30]).toBe(0)
  })

  it('lets a later body follow an earlier one in its row', () => {
    const text = parsed(frames(40, (t) => [person(1, 1.6, 0.5, 0.1)(t), person(t < 20 ? 2 : 3)(t)]))
    const { persons, data } = NTU_BODY_RULES.pyskl(text)!
    expect(persons).toBe(2)
    const second = data.subarray(40 * 75)
    expect([second[75 * 5 + 2], second[75 * 35 + 2]]).toEqual([3, 3])
  })

  it('takes the first two bodies of a frame, or of four the two with most energy', () => {
    const text = parsed(frames(3, (t) => [person(1)(t), person(2, 1)(t), person(3, 3)(t)]))
    const heights = (rule: 'st-gcn' | '2s-agcn') => {
      const { data } = NTU_BODY_RULES[rule](text)!
      return [0, 1].map((m) => data[m * 3 * 75 + 24 * 3 + 1])
    }
    expect(heights('st-gcn')).toEqual([Math.fround(1.6), 1])
    expect(heights('2s-agcn')).toEqual([3, Math.fround(1.6)])
  })
})
