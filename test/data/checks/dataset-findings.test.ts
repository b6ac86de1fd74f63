import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../../src/data/checks/dataset-findings.ts'
import { type Finding, formatFindings } from '../../../src/data/checks/findings.ts'
import type { Clip, ClipMeta } from '../../../src/data/clip.ts'
import { type Dataset, datasetOf } from '../../../src/data/dataset.ts'

const FRAMES = 10
const JOINTS = 4

/** A person of 4 joints that moves; no two clips are the same. */
function clip(
  id: string,
  label: number,
  meta: ClipMeta = {},
  change: (data: Float32Array, clip: Clip) => void = () => {},
): Clip {
  const unlike = [...id].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 0)
  const data = Float32Array.from({ length: FRAMES * JOINTS * 3 }, (_, i) => 1 + ((i * 7 + unlike) % 101) / 101)
  const points = { data, persons: 1, frames: FRAMES, joints: JOINTS, channels: 3 }
  const made: Clip = { id, label, layout: 'four', points, meta }
  change(data, made)
  return made
}

/** Five sound clips of each of two classes, performers 1 to 5. */
const sound = () =>
  ['a', 'b'].flatMap((name, label) => [1, 2, 3, 4, 5].map((i) => clip(`${name}${i}`, label, { performer: i })))
const dataset = (clips = sound(), classes = ['walk', 'sit'], extras = {}): Dataset =>
  datasetOf('mine', classes, clips, extras)
const codes = (findings: readonly Finding[]) => findings.map(({ severity, code }) => `${severity} ${code}`)
const changed = (...extra: Clip[]) => findingsOf(dataset([...sound(), ...extra]))
const only = (findings: readonly Finding[]): Finding => {
  expect(codes(findings)).toHaveLength(1)
  return findings[0]
}

/** Joint `joint` in every frame. */
function setJoint(data: Float32Array, joint: number, value: (frame: number) => number): void {
  for (let frame = 0; frame < FRAMES; frame++)
    data.fill(value(frame), (frame * JOINTS + joint) * 3, (frame * JOINTS + joint + 1) * 3)
}

describe('the checker', () => {
  it('finds nothing in sound data', () => {
    expect(findingsOf(dataset())).toEqual([])
    expect(formatFindings([])).toMatch(/^Nothing was found/)
  })

  it('reports how many clips it has read', () => {
    const done: number[] = []
    findingsOf(dataset(), { onClip: (count) => done.push(count) })
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it.each<[string, () => Finding[], string, RegExp]>([
    ['labels without class', () => changed(clip('x', 7)), 'error label-out-of-range', /clip x: label 7/],
    ['labels that are fractions', () => changed(clip('x', 0.5)), 'error label-out-of-range', /label 0\.5/],
    ['doubled ids', () => changed(clip('a1', 1, {}, (data) => data.fill(3, 0, 3))), 'error doubled-id', /clip a1/],
    [
      'classes without clips',
      () => findingsOf(dataset(sound(), ['walk', 'sit', 'run'])),
      'error class-without-clips',
      /run/,
    ],
    ['classes of one name', () => findingsOf(dataset(sound(), ['walk', 'walk'])), 'error doubled-class-name', /walk/],
    [
      'classes with few clips',
      () => findingsOf(dataset(sound().slice(0, 7))),
      'warning class-with-few-clips',
      /sit: 2/,
    ],
    [
      'NaN',
      () => changed(clip('x', 0, {}, (data) => data.fill(Number.NaN, 20, 21))),
      'error not-finite',
      /clip x, person 0, frame 1, joint 2: coordinate NaN/,
    ],
    ['clips of zeros', () => changed(clip('x', 0, {}, (data) => data.fill(0))), 'error blank-clip', /clip x/],
    [
      'clips that are mostly empty',
      () => changed(clip('x', 0, {}, (data) => data.fill(0, 0, 6 * 12))),
      'warning mostly-empty-clip',
      /clip x: 6 of 10 frames/,
    ],
    [
      'clips in which nothing moves',
      () => changed(clip('x', 0, {}, (data) => data.set(data.map((_, i) => 1 + (i % 12) / 12)))),
      'warning frozen-clip',
      /clip x/,
    ],
    [
      'another unit',
      () => changed(clip('x', 0, {}, (data) => data.set(data.map((value) => 1000 * value)))),
      'warning scale-outlier',
      /clip x: .* times the usual size, as millimetres against metres/,
    ],
    ['doubled content', () => changed({ ...clip('a1', 0), id: 'x' }), 'warning doubled-content', /clips a1, x$/],
    [
      'doubled content with another label',
      () => changed({ ...clip('a1', 1), id: 'x' }),
      'warning doubled-content',
      /a1, x, with different labels/,
    ],
    [
      'different frame rates',
      () => findingsOf(dataset(sound().map((made, i) => ({ ...made, meta: { frameRate: i < 3 ? 60 : 30 } })))),
      'warning frame-rates-differ',
      /30 per second: 7 clips\n60 per second: 3 clips/,
    ],
  ])('finds %s', (_, findings, expected, where) => {
    const finding = only(findings())
    expect(codes([finding])).toEqual([expected])
    expect(finding.where.join('\n')).toMatch(where)
    expect(finding.mend).toMatch(/\.$/)
  })

  it('finds that there is only one class', () => {
    expect(codes(findingsOf(dataset(sound().slice(0, 5), ['walk'])))).toEqual(['error one-class'])
    expect(codes(findingsOf(dataset(sound().slice(0, 5))))).toEqual(['error one-class', 'error class-without-clips'])
  })

  it('finds clips without frames and with a single one', () => {
    const empty = { ...clip('x', 0), points: { ...clip('x', 0).points, data: new Float32Array(0), frames: 0 } }
    expect(codes(changed(empty))).toContain('error empty-clip')
    const short = {
      ...clip('x', 0),
      points: { ...clip('x', 0).points, data: clip('x', 0).points.data.slice(0, 12), frames: 1 },
    }
    expect(codes(changed(short))).toEqual(['warning single-frame'])
  })

  it('finds joints that are missing or stuck in most clips', () => {
    const without = sound().map((made) => {
      setJoint(made.points.data, 2, () => 0)
      return made
    })
    const missing = only(findingsOf(dataset(without)))
    expect([missing.code, missing.where]).toEqual(['missing-joint', ['joint 2: 100 % of the frames']])
    const stuck = sound().map((made) => {
      setJoint(made.points.data, 3, () => 1.5)
      return made
    })
    const frozen = only(findingsOf(dataset(stuck)))
    expect([frozen.code, frozen.where]).toEqual(['frozen-joint', ['joint 3: 10 of 10 clips']])
  })

  it('names the joints of a known layout', () => {
    const points = { persons: 1, frames: 10, joints: 20, channels: 3 }
    const clips = sound().map((made, i): Clip => {
      const data = Float32Array.from({ length: 600 }, (_, at) =>
        Math.floor(at / 3) % 20 === 3 ? 0 : 1 + ((at * 7 + i) % 13),
      )
      return { ...made, layout: 'nw_ucla', points: { ...points, data } }
    })
    expect(only(findingsOf(dataset(clips))).where).toEqual(['joint 3 (head): 100 % of the frames'])
  })

  it('finds more persons than networks take, and an empty first person', () => {
    const persons = (count: number, empty: number) => {
      const single = clip('x', 0).points
      const data = new Float32Array(count * single.data.length)
      for (let person = 0; person < count; person++)
        if (person !== empty) data.set(single.data, person * single.data.length)
      return { ...clip('x', 0), points: { ...single, data, persons: count } }
    }
    expect(only(changed(persons(3, -1)))).toMatchObject({ code: 'many-persons', where: ['clip x: 3'] })
    expect(findingsOf(dataset([...sound(), persons(3, -1)]), { persons: 3 })).toEqual([])
    expect(only(changed(persons(2, 0)))).toMatchObject({ severity: 'note', code: 'person-never-there' })
    expect(changed(persons(2, 1))).toEqual([])
  })

  it('finds arrays that do not fit their shape', () => {
    const short = { ...clip('x', 0), points: { ...clip('x', 0).points, data: new Float32Array(7) } }
    expect(codes(changed(short))).toEqual(['error wrong-shape'])
  })

  it('puts the worst first and prints places, counts and what to do', () => {
    const findings = changed(clip('x', 7), { ...clip('a1', 0), id: 'y' }, clip('z', 9))
    const text = formatFindings(findings, 1)
    expect(text).toBe(
      [
        'error: Labels do not name one of the 2 classes.\n    clip x: label 7\n    and 1 more',
        '  Labels count from 0; correct them or the list of classes.\n',
        'warning: Clips hold the same points under different ids.\n    clips a1, y',
        '  Keep one of each: in both parts of a split they would flatter the result.\n',
        '1 error, 1 warning',
      ].join('\n'),
    )
  })
})

describe('the checker of a division', () => {
  const divided = (train: number[], test: number[], clips = sound(), name = 'own') =>
    findingsOf(dataset(clips, ['walk', 'sit'], { splits: { [name]: { train, test } } }), { split: name })
  const rest = [2, 3, 4, 7, 8, 9]

  it('finds performers in both parts: an error where the division is cross-subject, else a note', () => {
    expect(findingsOf(dataset(), { split: 'folds:performer:1/5' })).toEqual([])
    const train = [0, 1, 5, 6]
    expect(divided(train, rest)).toEqual([])
    const clips = sound().map((made, i) => (i === 2 ? { ...made, meta: { performer: 1 } } : made))
    expect(only(divided(train, rest, clips))).toMatchObject({
      severity: 'note',
      where: ['mine, performers 1'],
      mend: expect.stringContaining('`--protocol folds:performer:1/5`'),
    })
    const two = sound().map((made, i) => ({ ...made, meta: { performer: i % 2 } }))
    expect(only(divided(train, rest, two)).mend).toContain('folds:performer:1/2')
    const one = sound().map((made) => ({ ...made, meta: { performer: 1 } }))
    expect(only(divided(train, rest, one)).mend).toBe('For new people, record others.')
    expect(only(divided(train, rest, clips, 'cross-subject'))).toMatchObject({ severity: 'error' })
  })

  it('finds that nobody knows the performers of clips that are divided one by one', () => {
    const unknown = (split: string, clips: Clip[]) =>
      codes(findingsOf(dataset(clips), { split })).filter((code) => code === 'note performers-unknown')
    const anonymous = sound().map((made) => ({ ...made, meta: { camera: made.label } }))
    expect(unknown('folds:clip:1/5', anonymous)).toHaveLength(1)
    expect(
      unknown('leave-out:camera=1', [
        ...anonymous,
        ...sound().map((c) => ({ ...c, id: `${c.id}x`, meta: { camera: 0 } })),
      ]),
    ).toEqual([])
    expect(unknown('folds:clip:1/5', sound())).toEqual([])
  })

  it('finds classes without training or test clips', () => {
    expect(only(divided([0, 1, 2], [3, 4, 8, 9]))).toMatchObject({ code: 'class-never-trained', where: ['sit'] })
    expect(only(divided([0, 1, 7], [3, 4]))).toMatchObject({
      severity: 'warning',
      code: 'class-never-tested',
      where: ['sit'],
    })
  })

  it('finds clips and contents in both parts', () => {
    const both = divided([0, 1, 5, 6], [1, ...rest])
    expect(codes(both)).toEqual(['error clip-in-both-parts', 'note performer-in-both-parts'])
    expect(both[0].where).toEqual(['clip a2: in both parts'])
    const copies = [...sound(), { ...clip('a1', 0), id: 'x' }]
    const copied = divided([0, 1, 5, 6], [...rest, 10], copies)
    expect(codes(copied)).toEqual(['error content-in-both-parts', 'warning doubled-content'])
    expect(copied[0].where).toEqual(['training a1, test x'])
  })

  it('counts the second performer of an interaction', () => {
    const clips = sound().map((made, i) => ({ ...made, meta: { ...made.meta, ...(i === 2 && { partner: 1 }) } }))
    expect(only(divided([0, 1, 5, 6], rest, clips, 'cross-subject'))).toMatchObject({
      severity: 'error',
      where: ['mine, performers 1'],
    })
  })
})
