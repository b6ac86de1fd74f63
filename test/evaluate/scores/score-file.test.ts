import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { decodeScoreFile, encodeScoreFile, readScoreFile, SCORES } from '../../../src/evaluate/scores/score-file.ts'
import { readSafetensors, writeSafetensors } from '../../../src/files/safetensors/safetensors.ts'
import { temporaryFolders } from '../../train/temporary-folder.ts'
import { scoreFile } from '../small-scores.ts'

const newFolder = temporaryFolders()
const file = scoreFile(['00', '12', '22'])

describe('a score file', () => {
  test('keeps probabilities, labels, ids, classes, counts, data set and layout', () => {
    expect(decodeScoreFile(encodeScoreFile(file), 'x')).toEqual(file)
    const { trainCounts: _, dataset: __, layout: ___, ...least } = file
    expect(decodeScoreFile(encodeScoreFile(least), 'x')).toEqual(least)
  })

  test('is found in the folder of a run, or read by its own name', () => {
    const folder = newFolder()
    writeFileSync(join(folder, SCORES), encodeScoreFile(file))
    expect(readScoreFile(folder)).toEqual(file)
    expect(readScoreFile(join(folder, SCORES))).toEqual(file)
  })

  test('is missed in a folder without one, with the way to get it', () => {
    const empty = join(newFolder(), 'run')
    mkdirSync(empty)
    expect(() => readScoreFile(empty)).toThrow(/run: there are no scores[\s\S]*ossature train/)
    expect(() => readScoreFile(join(empty, 'none'))).toThrow(OssatureError)
  })

  test.each<[string, RegExp, Parameters<typeof damaged>]>([
    ['another format', /class scores[\s\S]*weights/, [{ format: 'weights' }]],
    ['ids of too few clips', /3 names in 'ids'/, [{ ids: '["a","b"]' }]],
    ['ids that are no list', /3 names in 'ids'/, [{ ids: '{' }]],
    ['an id twice', /an id twice/, [{ ids: '["a","b","a"]' }]],
    ['class names of another width', /3 names in 'classes'/, [{ classes: '["a"]' }]],
    ['counts below 0', /3 counts in 'trainCounts'/, [{ trainCounts: '[1,2,-1]' }]],
    ['a label that is no class', /label is no class index/, [{}, { labels: Int32Array.of(0, 1, 3) }]],
    ['a label too few', /same samples/, [{}, { labels: Int32Array.of(0, 1) }]],
    ['labels of another type', /labels/, [{}, { labels: Float32Array.of(0, 1, 2) }]],
    ['a probability that is no number', /clip 1: a score is no probability[\s\S]*NaN/, [{}, {}, Number.NaN]],
    ['a probability above 1', /found: {4}7/, [{}, {}, 7]],
  ])('is refused with %s', (_, message, change) => {
    expect(() => decodeScoreFile(damaged(...change), 'run/scores')).toThrow(OssatureError)
    expect(() => decodeScoreFile(damaged(...change), 'run/scores')).toThrow(message)
  })
})

/** The file with other metadata, other labels, or another probability of the fourth value. */
function damaged(
  metadata: Record<string, string>,
  { labels = file.labels }: { labels?: Int32Array | Float32Array } = {},
  fourth = 0.1,
): Uint8Array {
  const data = Float64Array.from(file.probabilities.data)
  data[3] = fourth
  const tensors = { probabilities: { shape: [3, 3], data }, labels: { shape: [labels.length], data: labels } }
  const kept = Object.fromEntries(readSafetensors(encodeScoreFile(file)).metadata)
  return writeSafetensors(tensors, { ...kept, ...metadata })
}
