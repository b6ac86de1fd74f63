import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readVictims, victimScores } from '../../src/attack/victims.ts'
import { createDevice } from '../../src/runtime/node.ts'
import type { Points } from '../../src/skeleton/points.ts'
import { smallData } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { madeVictim } from './made-victim.ts'

const newFolder = temporaryFolders()
const { dataset } = smallData()

/** A clip whose joints all stand at one point. */
function clipAt(point: readonly number[]): { points: Points } {
  const { joints, channels } = dataset
  const data = Float32Array.from({ length: 5 * joints * channels }, (_, i) => point[i % channels])
  return { points: { data, persons: 1, frames: 5, joints, channels } }
}

describe('victims', () => {
  it('give the probabilities of their network for clips as recorded, in order', async () => {
    const [victim] = readVictims([madeVictim(join(newFolder(), 'made'), dataset)], dataset)
    const told: number[] = []
    const clips = [clipAt([0.1, 0, 0]), clipAt([0, 0.1, 0])]
    const scores = await victimScores(victim, clips, await createDevice('cpu', { threads: 1 }), (done) =>
      told.push(done),
    )
    expect([scores.samples, scores.classes, told]).toEqual([2, 4, [1, 2]])
    const logits = [
      [2, 0, 0, 2.3],
      [0, 2.1, 0, 0],
    ]
    logits.forEach((row, clip) => {
      const sum = row.reduce((total, logit) => total + Math.exp(logit), 0)
      row.forEach((logit, k) => {
        expect(scores.data[4 * clip + k]).toBeCloseTo(Math.exp(logit) / sum, 5)
      })
    })
  })

  it('are tested with as many samples as their run was, and called by their folders', () => {
    const folder = newFolder()
    const paths = [
      madeVictim(join(folder, 'one'), dataset, { testClips: 3 }),
      madeVictim(join(folder, 'two'), dataset),
      madeVictim(join(folder, 'deeper', 'two'), dataset),
    ]
    const victims = readVictims(paths, dataset)
    expect(victims.map(({ samples }) => samples)).toEqual([3, 1, 1])
    expect(victims.map(({ name }) => name)).toEqual(['one', paths[1], paths[2]])
  })

  it('are refused where they do not fit the data', () => {
    const path = madeVictim(join(newFolder(), 'made'), dataset)
    const read = (changes: object) => () => readVictims([path], { ...dataset, ...changes })
    expect(read({ layout: 'nturgb+d' })).toThrow(
      /made: the victim knows another skeleton than the data\n.*layout nturgb\+d.*\n.*layout nw_ucla/,
    )
    expect(read({ classes: [...dataset.classes, 'juggle'] })).toThrow(
      /other classes apart than the data have\n.*the 5 classes of synthetic.*\n.*4 classes, no 'juggle'/,
    )
    expect(read({ classes: dataset.classes.toReversed() })).toThrow(/another order/)
  })

  it('are refused where they are no finished runs, or none, or named twice', () => {
    const path = madeVictim(join(newFolder(), 'made'), dataset)
    expect(() => readVictims([], dataset)).toThrow(/no victim is named\n.*--victims/)
    expect(() => readVictims([path, join(path, '.')], dataset)).toThrow(/a run is named twice/)
    const other = join(newFolder(), 'other')
    mkdirSync(other)
    expect(() => readVictims([other], dataset)).toThrow(/other: the victim is not the folder of a run/)
    rmSync(join(path, 'model.onnx'))
    expect(() => readVictims([path], dataset)).toThrow(/model\.onnx/)
  })
})
