import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Clip } from '../../src/data/clip.ts'
import { datasetOf } from '../../src/data/dataset.ts'
import { readScoreFile } from '../../src/evaluate/scores/score-file.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { createDevice } from '../../src/runtime/node.ts'
import { classificationOptions } from '../../src/systems/classification/options.ts'
import { classificationProblem } from '../../src/systems/classification/problem.ts'
import { recipeOf } from '../../src/systems/classification/recipe.ts'
import { ClipRecognizer } from '../../src/train/classifier/clip-recognizer.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { smallData, train } from './small-runs.ts'

const newFolder = temporaryFolders()

/** Random walks of three persons in an image, with scores. */
function street(index: number): Clip {
  const stream = new CounterStream(3).fork('clip', index)
  const [persons, frames, joints, channels] = [3, 9, 17, 2]
  const data = Float32Array.from({ length: persons * frames * joints * channels }, () => 300 + 50 * stream.normal())
  const score = Float32Array.from({ length: persons * frames * joints }, () => stream.uniform(0.1, 1))
  const points = { data, persons, frames, joints, channels }
  return { id: `clip ${index}`, label: index % 2, layout: 'coco', points, score, meta: {} }
}
const dataset = datasetOf(
  'streets',
  ['one', 'two'],
  Array.from({ length: 8 }, (_, index) => street(index)),
)
const split = { train: [0, 1, 2, 3, 4, 5], test: [6, 7] }
const options = (values: object) => classificationOptions.parse(values)

describe('persons and scores', () => {
  it('are seen by a trained network as its metadata say, wherever it runs', async () => {
    const run = join(newFolder(), 'run')
    const changes = { personChoice: 'score', scores: true, persons: 1, epochs: 1, testClips: 1, rotation: 0.2 }
    await train('baseline', run, { dataset, split }, changes)
    const model = new Uint8Array(readFileSync(join(run, 'model.onnx')))
    const recognizer = await ClipRecognizer.open(model, await createDevice('cpu', { threads: 1 }))
    expect(recognizer.facts.recipe).toMatchObject({ personChoice: 'score', scores: true, persons: 1 })
    const { probabilities } = readScoreFile(run)
    for (const [row, index] of split.test.entries()) {
      const { points, score } = street(index)
      const recognized = await recognizer.recognize({ ...points, score })
      recognized.forEach((probability, k) => {
        expect(Math.abs(probability - probabilities.data[2 * row + k])).toBeLessThan(1e-5)
      })
    }
    await recognizer.release()
  })

  it('are left out of the recipe where the options do not name them', () => {
    const recipe = recipeOf(options({}), dataset)
    expect(recipe).not.toHaveProperty('personChoice')
    expect(recipe).not.toHaveProperty('scores')
  })

  it('are no third channel of poses in space', () => {
    const { dataset } = smallData()
    expect(() => recipeOf(options({ scores: true }), dataset)).toThrow(/no scores that could be a third channel/)
  })

  it('allow clips of more than two persons to be turned upright once one or two are chosen', () => {
    const crowd = { ...smallData().dataset, layout: 'nturgb+d', name: 'crowd', entries: [{ ...dataset.entries[0] }] }
    expect(() => recipeOf(options({}), crowd)).toThrow(/more than two persons/)
    expect(() => recipeOf(options({ personChoice: 'motion', persons: 3 }), crowd)).toThrow(/more than two persons/)
    expect(recipeOf(options({ personChoice: 'motion' }), crowd)).toMatchObject({ persons: 2, personChoice: 'motion' })
  })

  it('can be clips of their own, in training and in test', () => {
    const problem = classificationProblem(dataset, options({ perPerson: true }), split)
    expect([problem.train.length, problem.test.length, problem.trainCounts]).toEqual([18, 6, [9, 9]])
    const ids = problem.test.map((index) => problem.dataset.entries[index].id)
    expect(ids).toEqual(['clip 6/1', 'clip 6/2', 'clip 6/3', 'clip 7/1', 'clip 7/2', 'clip 7/3'])
  })
})
