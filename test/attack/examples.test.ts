import { expect, it } from 'vitest'
import { examplesOf } from '../../src/attack/examples.ts'
import { datasetOf } from '../../src/data/dataset.ts'
import { generateSynthetic } from '../../src/data/synthetic/index.ts'

it('shows the clips that deceive most victims first, with what each victim saw', () => {
  const { classes, clips } = generateSynthetic({ classes: 2, clipsPerClass: 2, frames: [8, 8] })
  const attack = { name: 'a', description: '', clips: clips.map(({ points }) => points), objective: [] }
  const predicted = (...labels: number[]) => Int32Array.from(labels)
  const victims = [
    { victim: 'one', clean: predicted(0, 0, 1, 1), attacked: [predicted(0, 1, 0, 1)] },
    { victim: 'two', clean: predicted(0, 0, 1, 1), attacked: [predicted(0, 0, 0, 1)] },
  ]
  const examples = examplesOf(datasetOf('synthetic', classes, clips), attack, victims, 0, 3)
  expect(examples.map(({ id }) => id)).toEqual([clips[2].id, clips[1].id, clips[0].id])
  const [zero, one] = classes
  expect(examples[1].predictions).toEqual([
    { victim: 'one', clean: zero, attacked: one },
    { victim: 'two', clean: zero, attacked: zero },
  ])
})
