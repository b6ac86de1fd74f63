import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readScoreFile } from '../../src/evaluate/scores/score-file.ts'
import { attackMachineOptions, attackOptions } from '../../src/systems/attack-options.ts'
import { attackProblem } from '../../src/systems/attack-problem.ts'
import { readClassifierFacts } from '../../src/train/classifier/read-classifier.ts'
import { readRunOptions } from '../../src/train/run/run-record.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { smallData, train } from './small-runs.ts'

const newFolder = temporaryFolders()

it('a run on some classes knows no others', async () => {
  const run = join(newFolder(), 'run')
  const data = smallData()
  const { classes } = data.dataset
  const choice = [classes[3], 1]
  await train('baseline', run, data, { epochs: 1, classes: choice })
  expect(readRunOptions(run)).toMatchObject({ classes: choice })
  const names = [classes[1], classes[3]]
  expect(readClassifierFacts(new Uint8Array(readFileSync(join(run, 'model.onnx')))).classes).toEqual(names)
  const { labels, probabilities, ...scores } = readScoreFile(run)
  const tested = data.split.test.filter((index) => [1, 3].includes(data.dataset.entries[index].label))
  expect(scores).toMatchObject({ classes: names, ids: tested.map((index) => data.dataset.entries[index].id) })
  expect([probabilities.classes, new Set(labels)]).toEqual([2, new Set([0, 1])])
})

it('an attack on some classes attacks their clips', () => {
  const { dataset, split } = smallData()
  const options = { ...attackOptions.parse({ classes: [0, 2] }), ...attackMachineOptions.parse({}) }
  const problem = attackProblem(dataset, options, split)
  expect(problem.dataset.classes).toEqual([dataset.classes[0], dataset.classes[2]])
  expect(problem.attacked.map((index) => problem.dataset.entries[index].id)).toEqual(
    split.test.map((index) => dataset.entries[index]).flatMap(({ id, label }) => (label % 2 === 0 ? [id] : [])),
  )
})
