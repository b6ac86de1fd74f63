import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { type ClipDrawing, clipPage } from '../../../src/evaluate/drawing/clip-page.ts'
import { clipPicture } from '../../../src/evaluate/drawing/clip-picture.ts'
import type { Points } from '../../../src/skeleton/points.ts'

/** Three joints on a slope that rises from frame to frame. */
const points = (frames: number): Points => ({
  data: Float32Array.from({ length: frames * 9 }, (_, i) => (i % 9) + Math.floor(i / 9)),
  ...{ persons: 1, frames, joints: 3, channels: 3 },
})
const LAYOUT = {
  inward: [
    [1, 0],
    [2, 0],
  ],
  mirrored: [[1, 2]],
} as const
const recording = { title: 'as recorded', points: points(5), frameRate: 10 }
const clip = (id: string, motions = [recording]) => ({ id, label: 'sit & stand', origin: 'performer 1', motions })
const drawing = (...clips: ClipDrawing['clips']): ClipDrawing => ({
  title: 'mine <1>',
  lead: ['Two clips.'],
  layout: LAYOUT,
  clips,
})

const open = (html: string) => parseHTML(html).document
const dataOf = (html: string) => JSON.parse(open(html).querySelector('[data-gallery] script')!.textContent)

describe('a page of clips', () => {
  const html = clipPage(drawing(clip('a'), clip('b <i>')))

  test('shows every clip with class, name and controls', () => {
    const captions = [...open(html).querySelectorAll('.clip figcaption')].map(({ children }) =>
      [...children].map(({ textContent }) => textContent),
    )
    expect(captions).toEqual([
      ['sit & stand', 'a', 'performer 1'],
      ['sit & stand', 'b <i>', 'performer 1'],
    ])
    expect(open(html).querySelectorAll('[data-play], [data-scrub]')).toHaveLength(4)
    expect(dataOf(html)).toMatchObject({ bones: LAYOUT.inward, pale: [2], frameNumbers: true })
    expect(
      dataOf(html).clips.map(({ frames, seconds }: { frames: number; seconds: number }) => [frames, seconds]),
    ).toEqual([
      [5, 0.5],
      [5, 0.5],
    ])
  })

  test('has a heading per clip where there are samples, and marks joints of other clips', () => {
    const sample = { ...recording, title: 'mixed', borrowed: [1], notes: ['label: 64 % its own'] }
    const page = clipPage(drawing(clip('a', [recording, sample])))
    expect(open(page).querySelector('.drawn h2')?.textContent).toBe('sit & stand')
    expect([...open(page).querySelectorAll('figcaption')].map(({ textContent }) => textContent)).toEqual([
      'as recorded',
      'mixedlabel: 64 % its own',
    ])
    expect(dataOf(page).clips.map(({ borrowed }: { borrowed?: number[] }) => borrowed)).toEqual([undefined, [1]])
  })

  test('asks for nothing and runs only its own script, which is one', () => {
    const script = /<script>(.*?)<\/script>/s.exec(html)![1]
    expect(() => new Script(script)).not.toThrow()
    expect(html).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    expect(html.match(/https?:|url\(|@import|src=|<link/gi)).toBeNull()
  })
})

describe('a picture of clips', () => {
  const pathsIn = (svg: string) => [...open(svg).querySelectorAll('path')]

  test('with poses is a strip of them, evenly spaced, and moves nothing', () => {
    const svg = clipPicture(drawing(clip('a')), { poses: 3 })
    // A bone of the middle or the left side and one of the right, in each pose.
    expect(pathsIn(svg).map((path) => path.getAttribute('class'))).toEqual([
      'p0',
      'p0 pale',
      'p0',
      'p0 pale',
      'p0',
      'p0 pale',
    ])
    expect(new Set(pathsIn(svg).map((path) => path.getAttribute('d'))).size).toBe(6)
    expect(svg).not.toContain('<animate')
  })

  test('without poses shows all frames of a clip in its own time', () => {
    const svg = clipPicture(drawing(clip('a'), clip('b', [{ ...recording, points: points(20) }])))
    const steps = [...open(svg).querySelectorAll('animate')].map((animate) => [
      animate.getAttribute('values')?.split(';').length,
      animate.getAttribute('dur'),
    ])
    expect(steps).toEqual([
      [5, '0.50s'],
      [5, '0.50s'],
      [20, '2.00s'],
      [20, '2.00s'],
    ])
  })

  test('shows names as text, and joints of other clips in another colour', () => {
    const svg = clipPicture(drawing(clip('a', [{ ...recording, borrowed: [1] } as typeof recording])), { poses: 1 })
    expect(svg).toContain('sit &amp; stand')
    expect(svg).not.toContain('<1>')
    expect(pathsIn(svg).map((path) => path.getAttribute('class'))).toEqual(['p2', 'p0 pale'])
  })
})
