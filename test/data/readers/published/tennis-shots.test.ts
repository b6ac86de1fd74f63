import { describe, expect, it } from 'vitest'
import { tennisShots } from '../../../../src/data/readers/published/tennis-shots.ts'
import { layoutByName } from '../../../../src/skeleton/layouts/index.ts'
import { expectRefused, expectRobust, memoryFile, memoryFiles } from '../text-files.ts'

const JOINTS = layoutByName('coco-13').joints.map((joint) => joint.replace(' ', '_'))
const HEADER = [...JOINTS.flatMap((joint) => [`${joint}_y`, `${joint}_x`]), 'shot'].join(',')
const row = (frame: number, shot = 'serve') =>
  [...Array.from({ length: 26 }, (_, i) => frame + i / 100), shot].join(',')
const text = (shot = 'serve') => [HEADER, row(0, shot), row(1, shot)].join('\n')
const NAME = 'dataset/nadal/shots/serve_007.csv'
const read = (content: string) => tennisShots.read([memoryFile(NAME, content)], 'set.zip')

describe('tennis shots reader', () => {
  it('turns y, x into x, y', () => {
    const dataset = read(text())
    const { id, label, points } = dataset.clip(0)
    expect([id, dataset.classes[label], points.frames, points.joints]).toEqual(['nadal_serve_007', 'serve', 2, 13])
    expect([...points.data.slice(26, 30)]).toEqual([1.01, 1, 1.03, 1.02].map(Math.fround))
  })

  it('numbers the matches by name', () => {
    const files = memoryFiles({ [NAME]: text(), 'dataset/alcaraz/shots/neutral_001.csv': text('neutral') })
    const { entries, notes } = tennisShots.read(files, 'set.zip')
    expect(entries.map(({ id, meta }) => [id, meta.setup])).toEqual([
      ['alcaraz_neutral_001', 1],
      ['nadal_serve_007', 2],
    ])
    expect(notes).toEqual(['Set-ups are the matches: 1 alcaraz, 2 nadal.'])
  })

  it.each<[string, string, RegExp]>([
    ['another header', text().replace('nose_y', 'nose'), /line 1: the first line is not the header/],
    ['no frames', HEADER, /has no frames/],
    ['a line of another class', `${text()}\n${row(2, 'neutral')}`, /line 4: .*another class\n.*serve\n.*neutral/],
    ['a missing field', `${text()}\n1,2,3`, /comma-separated values\n.*line 4/],
    ['an empty field', text().replace('\n0,', '\n,'), /line 2, nose_y: .*\n.*\n.*""/],
  ])('refuses %s', (_, content, message) => {
    expectRefused(() => read(content), message)
  })

  it('answers damage with an OssatureError', () => expectRobust(tennisShots, [memoryFile(NAME, text())]))
})
