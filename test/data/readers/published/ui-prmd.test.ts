import { gzipSync, strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { uiPrmd } from '../../../../src/data/readers/published/ui-prmd.ts'
import { expectRefused, expectRobust, lines, memoryFiles } from '../text-files.ts'

/** Waist at (1, 2, 3), spine 30 above it, chest at (1, 20, 2) from the spine, all other joints on their parent. */
const OFFSETS = [1, 2, 3, 0, 30, 0, 1, 20, 2]
/** Degrees about x, y, z of waist and spine. */
const ANGLES = [10, 20, 30, 40, 50, 60]
const text = (values: readonly number[], frames = 1) => lines(frames, 66, ',', (_, column) => values[column] ?? 0)
const files = (positions = text(OFFSETS), angles = text(ANGLES)) =>
  memoryFiles({
    'Kinect/Positions/m02_s03_e04_positions_inc.txt.gz': gzipSync(strToU8(positions), { mtime: 0 }),
    'Kinect/Angles/m02_s03_e04_angles_inc.txt.gz': gzipSync(strToU8(angles), { mtime: 0 }),
  })

describe('UI-PRMD reader', () => {
  it('gives positions in space: reference by quaternions', () => {
    const { points } = uiPrmd.read(files(), 'set.zip').clip(0)
    expect([...points.data.slice(0, 3)]).toEqual([1, 2, 3])
    const spine = [-12.22908831589647, 28.476923577781562, 7.8952773349960435]
    const chest = [-21.712883805809206, 40.76814352656894, 20.70088295425677]
    for (const [i, value] of [...spine, ...chest].entries()) expect(points.data[3 + i]).toBeCloseTo(value, 4)
  })

  it('takes exercise, subject, repetition and correctness from the name', () => {
    const dataset = uiPrmd.read(files(), 'set.zip')
    const [{ id, label, meta }] = dataset.entries
    expect(id).toBe('m02_s03_e04_inc')
    expect(dataset.classes[label]).toBe('hurdle step, incorrect')
    expect(meta).toEqual({ performer: 3, repetition: 4, frameRate: 30 })
  })

  it('reads plain text in one folder, too', () => {
    const plain = memoryFiles({
      'm01_s01_e01_positions.txt': text(OFFSETS, 3),
      'm01_s01_e01_angles.txt': text(ANGLES, 3),
    })
    expect(uiPrmd.read(plain, 'set.zip').entries[0]).toMatchObject({ label: 0, frames: 3 })
  })

  it('refuses missing and unequal files', () => {
    expectRefused(() => uiPrmd.read(files().slice(1), 'set.zip'), /angles is missing\n.*m02_s03_e04_angles_inc/)
    const unequal = () => uiPrmd.read(files(text(OFFSETS, 2)), 'set.zip')
    expectRefused(unequal, /different lengths\n.*2 frames\n.*1/)
    expectRefused(() => uiPrmd.read(files(text(OFFSETS).replace('30', 'x')), 'set.zip'), /joint 1, y/)
  })

  it('answers damage with an OssatureError', () => expectRobust(uiPrmd, files()))
})
