import { describe, expect, it } from 'vitest'
import type { Clip } from '../../src/data/clip.ts'
import { ownFolder } from '../../src/data/readers/own-recordings/own-folder.ts'
import { labelsTable, poseTable } from '../../src/data/recordings-text.ts'
import { layoutByName } from '../../src/skeleton/layouts/index.ts'
import { randomPoints } from '../skeleton/random-points.ts'
import { memoryFiles } from './readers/text-files.ts'

function clip(layout: string, persons = 1): Clip {
  const { joints, dimensions } = layoutByName(layout)
  const points = randomPoints({ persons, frames: 3, joints: joints.length, channels: dimensions })
  return { id: layout, label: 0, layout, points, meta: { performer: 2, frameRate: 12.5 } }
}

describe('tables of clips', () => {
  it.each(['coco', 'nturgb+d', 'mediapipe-pose-world'])('of layout %s are read as they were written', (layout) => {
    const written = clip(layout)
    written.points.data.fill(0, 0, written.points.channels)
    const classes = ['stand, "still"']
    const table = labelsTable([written], classes, ['performer', 'frameRate'])
    const files = memoryFiles({ [`${layout}.csv`]: poseTable(written), 'labels.csv': table })
    const dataset = ownFolder.read(files, 'set')
    const { points, ...rest } = dataset.clip(0)
    expect(dataset.classes).toEqual(classes)
    expect(rest).toMatchObject({ id: layout, layout, meta: written.meta })
    points.data.forEach((value, i) => {
      expect(Math.abs(value - written.points.data[i])).toBeLessThan(5.1e-5)
    })
  })

  it('name the performers who have names', () => {
    const table = labelsTable([clip('coco')], ['a'], ['performer', 'partner'], ['x', 'y', 'zoe, 2'])
    expect(table).toBe('clip,label,performer,partner\ncoco,a,"zoe, 2",\n')
  })

  it('have one person', () => {
    expect(() => poseTable(clip('coco', 2))).toThrow(/one person\n.*2/)
  })
})
