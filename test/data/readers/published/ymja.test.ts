import { describe, expect, it } from 'vitest'
import { ymja } from '../../../../src/data/readers/published/ymja.ts'
import { expectRefused, expectRobust, memoryFile, memoryFiles } from '../text-files.ts'

const NAME = 'YMJA/Hooking/_2017-11-04-wsh-bos-home5.json'
const person = (first: number) => Array.from({ length: 75 }, (_, i) => first + i)
const frames = (count: number) =>
  Array.from({ length: count }, (_, t) => ({ frameNum: t, perp: person(1000 * t), victim: person(1000 * t + 500) }))
const read = (content: unknown) => ymja.read([memoryFile(NAME, JSON.stringify(content))], 'set.zip')

describe('YMJA reader', () => {
  it('reads the offender first, confidences apart', () => {
    const dataset = read(frames(2))
    const { id, label, layout, points, score } = dataset.clip(0)
    expect([id, dataset.classes[label], layout]).toEqual(['Hooking/_2017-11-04-wsh-bos-home5', 'hooking', 'body-25'])
    expect([points.persons, points.frames, points.joints, points.channels]).toEqual([2, 2, 25, 2])
    expect([...points.data.slice(0, 4)]).toEqual([0, 1, 3, 4])
    const victim = (1 * 2 + 1) * 25
    expect([...points.data.slice(2 * victim, 2 * victim + 2)]).toEqual([1500, 1501])
    expect(score![victim]).toBe(1502)
  })

  it('numbers the matches, whoever broadcast them', () => {
    const content = JSON.stringify(frames(1))
    const names = ['_2017-11-04-wsh-bos-home5', '_2017-11-04-wsh-bos-national6', '_2017-11-03-a-b-away1']
    const { entries } = ymja.read(
      memoryFiles(Object.fromEntries(names.map((name) => [`Holding/${name}.json`, content]))),
      'x',
    )
    expect(entries.map(({ meta }) => meta.setup)).toEqual([1, 2, 2])
  })

  it.each<[string, unknown, RegExp]>([
    ['something else than a list', {}, /a list of frames/],
    ['no frames', [], /has no frames/],
    ['a frame that is null', [null], /frame 0: /],
    ['a missing person', [{ perp: person(0) }], /frame 0, victim: .*\n.*75 numbers\n.*nothing/],
    ['a joint too few', [{ perp: person(0).slice(3), victim: person(0) }], /frame 0, perp: .*\n.*\n.*a list of 72/],
    ['null', [{ perp: [...person(0).slice(1), null], victim: person(0) }], /perp, joint 24, confidence: .*\n.*null/],
  ])('refuses %s', (_, content, message) => {
    expectRefused(() => read(content), message)
  })

  it('answers damage with an OssatureError', () => expectRobust(ymja, [memoryFile(NAME, JSON.stringify(frames(1)))]))
})
