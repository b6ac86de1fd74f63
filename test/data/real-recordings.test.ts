import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { arrayDefect } from '../../src/data/checks/array-defect.ts'
import { checkEntries } from '../../src/data/checks/check-for-training.ts'
import type { Dataset } from '../../src/data/dataset.ts'
import { loadDataset } from '../../src/data/load.ts'
import { ntuClasses } from '../../src/data/readers/ntu/classes.ts'
import { NTU_MISSING_SKELETONS } from '../../src/data/readers/ntu/missing-skeletons.ts'
import { openposeJson } from '../../src/data/readers/own-recordings/openpose-json.ts'
import { listFiles } from '../../src/files/file-tree.ts'
import { readMat } from '../../src/files/mat/mat.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Declares a test on the archive of a set of samples, skipped by name where it is not there. */
function onSample(set: string, title: string, test: (archive: string) => void): void {
  const folder = `${DATA}${set}`
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.zip')) : undefined
  const absent = name ? '' : ` (skipped: ../shared/data/${set} not present)`
  it.skipIf(absent)(`${title}${absent}`, () => test(`${folder}/${name}`), 60_000)
}

function frames({ entries }: Dataset): number[] {
  return entries.map((entry) => entry.frames)
}

function checkEveryClip(dataset: Dataset): void {
  checkEntries(dataset)
  for (let i = 0; i < dataset.entries.length; i++) expect(arrayDefect(dataset.clip(i))).toBeUndefined()
}

describe('published samples', () => {
  onSample('ntu-skeleton-files', 'NTU RGB+D: nine recordings with CR LF', (archive) => {
    const dataset = loadDataset(archive)
    checkEveryClip(dataset)
    expect(frames(dataset)).toEqual([103, 158, 104, 99, 54, 75, 86, 71, 67])
    expect(dataset.clip(0).meta).toEqual({ setup: 1, camera: 1, performer: 1, repetition: 1 })
    // The first joint as it stands in the file, in half precision.
    expect(dataset.clip(0).points.data[0]).toBeCloseTo(0.2181153, 3)
    expect(dataset.clip(0).points.data[2]).toBeCloseTo(3.785547, 2)
  })

  onSample('ntu-skeleton-files', 'NTU RGB+D: class names and lists of missing skeletons as published', (archive) => {
    const text = (name: string) => {
      const file = listFiles(archive).find((candidate) => candidate.name === name)
      return new TextDecoder()
        .decode(file?.bytes())
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    }
    const names = text('label_map_ntu60.txt')
    expect(ntuClasses([59]).filter((name, label) => !names[label].startsWith(name.slice(0, 4)))).toEqual([])
    expect([...NTU_MISSING_SKELETONS].sort()).toEqual(text('NTU_RGBD120_samples_with_missing_skeletons.txt').sort())
  })

  onSample('openpose-bvh-samples', 'OpenPose: three walks of 90 frames', (archive) => {
    const files = listFiles(archive).filter(({ name }) => name.startsWith('openpose-json/'))
    expect(openposeJson.recognises(files)).toBe(true)
    const dataset = openposeJson.read(files, archive)
    checkEveryClip(dataset)
    expect(dataset.layout).toBe('body-25')
    expect(dataset.entries.map(({ frames, persons }) => [frames, persons])).toEqual([
      [90, 3],
      [90, 2],
      [90, 1],
    ])
  })

  onSample('mediapipe-hand-csv', 'MediaPipe hand postures: 4,450 of three classes', (archive) => {
    const dataset = loadDataset(archive)
    checkEveryClip(dataset)
    const count = (label: number) => dataset.entries.filter((entry) => entry.label === label).length
    expect(dataset.classes.map((name, label) => [name, count(label)])).toEqual([
      ['Open', 1522],
      ['Close', 1572],
      ['Pointer', 1356],
    ])
  })

  onSample('toyota-tsu-sample', 'Toyota Smarthome Untrimmed: 81 intervals of 17 classes', (archive) => {
    const dataset = loadDataset(archive)
    checkEveryClip(dataset)
    expect([dataset.entries.length, new Set(dataset.entries.map(({ label }) => label)).size]).toEqual([81, 17])
    expect(dataset.classes.slice(0, 2)).toEqual(['Enter', 'Walk'])
  })

  onSample('cmu-mocap6', 'MATLAB 5: the structs of mocap6', (archive) => {
    const file = listFiles(archive).find(({ name }) => name.endsWith('mocap6.mat'))!
    const variable = readMat(file.bytes(), file.where).get('DataBySeq')!
    const lengths = variable.kind === 'structs' ? variable.structs.map((fields) => fields.get('X')) : []
    expect(lengths.map((value) => value?.kind === 'numbers' && value.shape)).toEqual(
      [382, 205, 251, 446, 387, 387].map((steps) => [steps, 12]),
    )
  })
})
