import { describe, expect, it } from 'vitest'
import type { ClipMeta } from '../../../src/data/clip.ts'
import { type Dataset, datasetOf } from '../../../src/data/dataset.ts'
import { availableSplits } from '../../../src/data/splits/available-splits.ts'
import { divideByName } from '../../../src/data/splits/by-name.ts'
import { summarizeDivision } from '../../../src/data/splits/division-summary.ts'

const points = { data: Float32Array.of(1), persons: 1, frames: 1, joints: 1, channels: 1 }
const dataset = (name: string, metas: readonly ClipMeta[], extras: Pick<Dataset, 'splits'> = {}) => {
  const clips = metas.map((meta, i) => ({ id: `clip${i}`, label: i % 2, layout: 'one', points, meta }))
  return datasetOf(name, ['walk', 'sit'], clips, extras)
}
const namesOf = (data: Dataset, ...kinds: string[]) =>
  availableSplits(data).flatMap(({ name, kind }) => (kinds.includes(kind) ? [name] : []))

describe('ways to divide a data set', () => {
  const metas = [1, 2, 3, 4].map((performer) => ({ performer, camera: performer > 3 ? 3 : performer }))

  it('begin with those that were made for it', () => {
    const data = dataset('nw-ucla', metas, { splits: { own: { train: [0, 1], test: [2] } } })
    expect(namesOf(data, 'own', 'published')).toEqual([
      'own',
      'nw-ucla',
      'nw-ucla-cross-view:1 ... nw-ucla-cross-view:3',
    ])
    expect(namesOf(data, 'elsewhere')).toContain('ntu-cross-view')
    expect(namesOf(data, 'elsewhere')).not.toContain('sbu:1 ... sbu:5')
  })

  it('need what every clip states', () => {
    expect(namesOf(dataset('mine', metas), 'general')).toEqual([
      ...['leave-out:performer=PERFORMER', 'folds:performer:FOLD/FOLDS'],
      ...['leave-out:camera=CAMERA', 'folds:camera:FOLD/FOLDS'],
      ...['folds:clip:FOLD/FOLDS', 'list:FILE.yaml', 'list:TRAIN.txt[,TEST.txt]'],
    ])
    const partly = dataset('mine', [...metas, {}])
    expect(namesOf(partly, 'general')).toEqual(['folds:clip:FOLD/FOLDS', 'list:FILE.yaml', 'list:TRAIN.txt[,TEST.txt]'])
    expect(namesOf(partly, 'published', 'elsewhere')).toEqual([])
  })

  it('are summed up by class, performer and camera', () => {
    expect(summarizeDivision(divideByName(dataset('mine', metas), 'leave-out:performer=3'))).toEqual({
      train: 3,
      test: 1,
      unused: 0,
      classes: [
        { name: 'walk', train: 1, test: 1 },
        { name: 'sit', train: 2, test: 0 },
      ],
      origins: [
        { field: 'performer', train: [1, 2, 4], test: [3] },
        { field: 'camera', train: [1, 2, 3], test: [3] },
      ],
    })
  })
})
