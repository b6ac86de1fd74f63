import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { jhmdb } from '../../../../src/data/readers/published/jhmdb.ts'
import { listFiles } from '../../../../src/files/file-tree.ts'
import { expectRefused, expectRobust, memoryFile } from '../text-files.ts'

/** Written by `reference/jhmdb.py`: three clips, of which one is in Fortran order, in two splits. */
const FILES = listFiles(fileURLToPath(new URL('../fixtures/jhmdb', import.meta.url)))
const [test1, test2, train1, train2] = FILES
const pickle = (content: string) => jhmdb.read([memoryFile('GT_train_1.pkl', Buffer.from(content, 'latin1'))], 'set')

describe('JHMDB reader', () => {
  it('finds the same clips in all splits', () => {
    const dataset = jhmdb.read(FILES, 'set')
    expect(dataset.classes).toEqual(['run', 'walk', 'wave'])
    expect(dataset.entries.map(({ id, label, frames }) => [id, label, frames])).toEqual([
      ['run_001', 0, 2],
      ['walk_001', 1, 3],
      ['wave_001', 2, 4],
    ])
    expect(dataset.splits).toEqual({ 'jhmdb-1': { train: [1, 2], test: [0] }, 'jhmdb-2': { train: [0, 2], test: [1] } })
  })

  it('reads arrays in either order', () => {
    const dataset = jhmdb.read(FILES, 'set')
    const coordinate = (clip: number, i: number) => dataset.clip(clip).points.data[i]
    expect([coordinate(0, 0), coordinate(0, 59), coordinate(1, 89)]).toEqual([100, 100 + 59 / 8, 89 / 8])
  })

  it('gives no split of which a part is missing', () => {
    expect(jhmdb.read([train1], 'set').splits).toBeUndefined()
    expect(Object.keys(jhmdb.read([test1, train1, train2], 'set').splits!)).toEqual(['jhmdb-1'])
  })

  it('refuses the same clip in both parts, and other contents', () => {
    const again = { ...train1, name: 'GT_test_1.pkl' }
    expectRefused(() => jhmdb.read([again, train1], 'set'), /clip 0: a clip stands twice in the split/)
    expectRefused(() => jhmdb.read([test2, { ...test2, name: 'copy/GT_test_2.pkl' }], 'set'), /two such files|twice/)
    expectRefused(() => pickle('}.'), /does not hold clips\n.*\n.*pose: nothing/)
    expectRefused(() => pickle('N.'), /does not hold clips/)
    expectRefused(() => pickle("}(S'pose'\n]I1\naS'label'\n]S'a'\nau."), /clip 0: a pose is not an array/)
    expectRefused(() => pickle("cos\nsystem\n(S'ls'\ntR."), /os\.system/)
    expectRefused(() => jhmdb.read([], 'set'), /no clips/)
  })

  it('answers damage with an OssatureError', () => expectRobust(jhmdb, [test1, train1]))
})
