import { describe, expect, it } from 'vitest'
import { ownFolder } from '../../../src/data/readers/own-recordings/own-folder.ts'
import { exampleRecordings } from '../../../src/data/synthetic/example-recordings.ts'
import { memoryFiles } from '../readers/text-files.ts'

const files = exampleRecordings(0)
const dataset = ownFolder.read(memoryFiles(Object.fromEntries(files)), 'recordings')

describe('the example of recordings', () => {
  it('is the same each time', () => {
    expect(exampleRecordings(0)).toEqual(files)
    expect(exampleRecordings(1)).not.toEqual(files)
  })

  it('holds twenty clips of one’s own form: each of four classes once by each of five performers', () => {
    expect(dataset).toMatchObject({ layout: 'nw_ucla', joints: 20, channels: 3 })
    const pairs = dataset.entries.map(({ label, meta }) => `${label} ${meta.performer}`)
    expect(new Set(pairs).size).toBe(20)
    expect([dataset.classes.length, new Set(dataset.entries.map(({ meta }) => meta.performer)).size]).toEqual([4, 5])
  })

  it('loses joints, which are then at 0 and empty in the table', () => {
    const index = dataset.entries.findIndex(({ id }) => files.get(`${id}.csv`)!.includes(',,,'))
    const { data } = dataset.clip(index).points
    expect(data.some((value, i) => i % 3 === 0 && value === 0 && data[i + 1] === 0 && data[i + 2] === 0)).toBe(true)
  })
})
