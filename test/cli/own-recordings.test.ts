import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleRecordings } from '../../src/data/synthetic/example-recordings.ts'
import { writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { jsonLines, ossature } from './run-cli.ts'

const newFolder = temporaryFolders()

/** Six recordings, three of each of two classes, without a table. */
function recordings(place = newFolder()): string {
  const names = [1, 2, 3].flatMap((performer) => [`wave-${performer}.csv`, `kick-${performer}.csv`])
  const all = exampleRecordings(0)
  return writeFiles(join(place, 'recordings'), new Map(names.map((name) => [name, all.get(name)!])))
}

const rows = (...performers: string[]) =>
  performers.map((who, i) => `${i % 2 ? 'kick' : 'wave'}-${Math.floor(i / 2) + 1},${i % 2 ? 'kick' : 'wave'},${who}`)
const table = (...performers: string[]) => `${['clip,label,performer', ...rows(...performers)].join('\n')}\n`

describe('ossature data import --skip-damaged', () => {
  const damaged = () => {
    const folder = recordings()
    writeFileSync(join(folder, 'wave-9.csv'), 'left_hand_x,left_hand_y\n')
    return folder
  }

  it('is named where recordings are damaged', async () => {
    const { code, stderr } = await ossature('data', 'import', damaged(), join(newFolder(), 'store'))
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/wave-9\.csv: .*\n[\s\S]*--skip-damaged/),
    })
  })

  it('imports the others, and lists what was left out and why', async () => {
    const [data, store] = [damaged(), join(newFolder(), 'store')]
    const { code, stdout, stderr } = await ossature('data', 'import', data, store, '--skip-damaged', '--json')
    expect(code, stderr).toBe(0)
    const reason = expect.stringContaining('wave-9.csv: ')
    const leftOut = [{ clip: join(data, 'wave-9.csv'), reason }]
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'result', clips: 6, leftOut })
    expect(readFileSync(`${store}-left-out.txt`, 'utf8')).toContain('wave-9.csv: ')
    const inspected = await ossature('data', 'inspect', store)
    expect(inspected.stdout).toContain('1 of 7 clips could not be read and were left out.')
    const again = await ossature('data', 'import', data, store, '--skip-damaged', '--force')
    expect(again.stderr).toMatch(/left out, as .*store-left-out\.txt says as well:\n {2}.*wave-9\.csv: /)
  })

  it('writes no list where nothing is damaged', async () => {
    const store = join(newFolder(), 'store')
    const { stdout } = await ossature('data', 'import', recordings(), store, '--skip-damaged', '--json')
    expect(jsonLines(stdout).at(-1)).toMatchObject({ clips: 6, leftOut: [] })
    expect(existsSync(`${store}-left-out.txt`)).toBe(false)
  })
})

describe('a clip store whose recordings were changed', () => {
  const imported = async () => {
    const data = recordings()
    const store = join(data, '..', 'store')
    await ossature('data', 'import', data, store)
    return { data, store, warned: async () => (await ossature('data', 'check', store, '--json')).stderr }
  }
  const WARNING = /^warning: .*recordings was changed after the import; .*data import .*recordings .*store --force\n$/

  it('is used without a word as long as nothing changes, or the recordings are away', async () => {
    const { data, warned } = await imported()
    expect(await warned()).toBe('')
    renameSync(data, `${data}-elsewhere`)
    expect(await warned()).toBe('')
  })

  it.each<[string, (data: string) => void]>([
    ['added', (data) => writeFileSync(join(data, 'labels.csv'), table('a', 'b', 'c', 'a', 'b', 'c'))],
    ['removed', (data) => rmSync(join(data, 'wave-3.csv'))],
    ['renamed', (data) => renameSync(join(data, 'wave-3.csv'), join(data, 'kick-4.csv'))],
    ['written', (data) => utimesSync(join(data, 'wave-3.csv'), new Date(), new Date(Date.now() + 5000))],
  ])('is warned of once where a file was %s', async (_, change) => {
    const { data, warned } = await imported()
    change(data)
    expect(await warned()).toMatch(WARNING)
  })

  it('is known by the project as well', async () => {
    const { data, store } = await imported()
    const project = join(data, '..', 'ossature.yaml')
    writeFileSync(project, 'source: recordings\ndata: store\n')
    writeFileSync(join(data, 'wave-3.csv'), readFileSync(join(data, 'wave-1.csv')))
    const { stderr } = await ossature('data', 'check', '--config', project, '--json')
    expect(stderr).toMatch(/recordings was changed.*: ossature data import --config .*ossature\.yaml --force\n$/)
    const index = JSON.parse(readFileSync(join(store, 'index.json'), 'utf8'))
    expect(index.recordings.path).toBe('../recordings')
    const { recordings: _, ...older } = index
    writeFileSync(join(store, 'index.json'), JSON.stringify(older))
    expect((await ossature('data', 'check', '--config', project, '--json')).stderr).toBe('')
  })
})

describe('people in recordings', () => {
  it('are asked for where nobody names them', async () => {
    const data = recordings()
    const started = await ossature('init', join(data, '..', 'project'), '--data', data)
    expect(started.stdout).toMatch(
      /people may be in both parts\..*\n?.*A table to fill in: npx ossature data labels .* --out .*labels\.csv\n/,
    )
    const { stdout } = await ossature('data', 'check', data, '--split', 'folds:clip:1/3')
    expect(stdout).toMatch(
      /note: Single clips are divided.*\n {4}own-folder, 6 of 6 clips without performer\n.*labels\.csv/,
    )
  })

  it('get a table to fill in, which is never written over', async () => {
    const data = recordings()
    const path = join(data, 'labels.csv')
    expect((await ossature('data', 'labels', data)).stdout).toMatch(/^clip,label,performer\nkick-1,kick,\n/)
    expect((await ossature('data', 'labels', data, '--out', path)).stdout).toMatch(/labels\.csv: 6 clips/)
    expect((await ossature('data', 'inspect', data, '--json')).stdout).toContain('"clips":6')
    const again = await ossature('data', 'labels', data, '--out', path)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/labels\.csv: there is a table already/) })
  })

  it('may have names, which a clip store keeps', async () => {
    const data = recordings()
    writeFileSync(join(data, 'labels.csv'), table('ben', 'ben', 'anna', 'anna', 'cleo', 'cleo'))
    const store = join(data, '..', 'store')
    mkdirSync(join(data, '..', 'lists'))
    await ossature('data', 'import', data, store)
    expect((await ossature('data', 'inspect', store)).stdout).toMatch(/^people +0 anna, 1 ben, 2 cleo$/m)
    const out = join(data, '..', 'lists', 'ben.yaml')
    const split = await ossature('data', 'split', store, '--protocol', 'leave-out:performer=ben', '--out', out)
    expect(split.stdout).toMatch(/leave-out:performer=ben: 4 clips train, 2 test/)
    expect(readFileSync(out, 'utf8')).toMatch(/test:\n +- kick-1\n +- wave-1\n/)
    expect((await ossature('data', 'labels', store)).stdout).toContain('kick-1,kick,ben\n')
    expect((await ossature('data', 'split', store, '--list')).stdout).toContain('test: anna, ben, cleo')
  })
})
