import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadDataset } from '../../src/data/load.ts'
import { divideByName } from '../../src/data/splits/by-name.ts'
import { uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossature } from './run-cli.ts'

const newFolder = temporaryFolders()
const data = writeFiles(join(newFolder(), 'data'), uclaFiles())
const dataset = loadDataset(data)

describe('ossature data split', () => {
  it('prints clips per class and part, who is in which, and writes a list that divides the same', async () => {
    const list = join(newFolder(), 'list.yaml')
    const { code, stdout } = await ossature('data', 'split', data, '--protocol', 'nw-ucla', '--out', list)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^nw-ucla, nw-ucla: 20 clips train, 10 test\n/)
    expect(stdout).toMatch(/\nwalk around +2 +1\n/)
    expect(stdout).toMatch(/\ncamera: 1-2 train, 3 test\n/)
    expect(stdout).toMatch(/--set protocol=list:.*list\.yaml\n$/)
    const { train, test } = divideByName(dataset, 'nw-ucla')
    expect(divideByName(dataset, `list:${list}`)).toMatchObject({ train, test })
  })

  it('divides some classes, and writes a list of them that divides the same', async () => {
    const list = join(newFolder(), 'list.yaml')
    const flags = ['--protocol', 'nw-ucla', '--classes', 'throw,walk around,0']
    const { stdout } = await ossature('data', 'split', data, ...flags, '--out', list, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ train: 6, test: 3, classes: { length: 3 } })
    const { dataset: read, train, test } = divideByName(dataset, `list:${list}`)
    expect(read.classes).toEqual([dataset.classes[0], 'walk around', 'throw'])
    expect([train.length, test.length]).toEqual([6, 3])
    const unknown = await ossature('data', 'split', data, '--protocol', 'nw-ucla', '--classes', 'walk arround')
    expect(unknown).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no such class\n.*\n.*Did you mean walk around/),
    })
  })

  it('shows the ways in which the data can be divided', async () => {
    const { stdout } = await ossature('data', 'split', data, '--list')
    expect(stdout).toMatch(/^for nw-ucla\n {2}nw-ucla +NW-UCLA: views 1 and 2 train/)
    expect(stdout).toMatch(/\n\nfor any data\n {2}leave-out:/)
    const { stdout: json } = await ossature('data', 'split', data, '--list', '--json')
    expect(JSON.parse(json)[0]).toMatchObject({ name: 'nw-ucla', kind: 'published' })
    const idle = await ossature('data', 'split', data, '--list', '--out', 'list.yaml')
    expect(idle).toMatchObject({ code: 1, stderr: '--out does nothing beside --list\n' })
  })

  it('prints JSON, and writes nothing without --out', async () => {
    const { stdout } = await ossature('data', 'split', data, '--protocol', 'folds:clip:1/3', '--seed', '2', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ protocol: 'folds:clip:1/3', seed: 2, train: 20, test: 10, out: null })
  })

  it('says what is missing or wrong, and leaves no file behind', async () => {
    const folder = newFolder()
    expect((await ossature('data', 'split', data)).stderr).toMatch(/no division.*--protocol NAME.*--list/s)
    const wrong = await ossature('data', 'split', data, '--protocol', 'nw-ucla', '--out', join(folder, 'list.csv'))
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/another ending\n.*\.yaml, \.yml or \.json/) })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('ossature data cut', () => {
  const cut = (...flags: string[]) => ossature('data', 'cut', data, '--protocol', 'nw-ucla', ...flags)

  it('prints clips before and after with a bar, and writes the list of those that stay', async () => {
    const list = join(newFolder(), 'list.json')
    const { code, stdout } = await cut('--shots', '1', '--out', list)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^nw-ucla, nw-ucla, few-shot:1: 10 of 20 training clips/)
    expect(stdout).toMatch(/\nwalk around +2 +1 {2}#{15}\.{15}\n/)
    const { train, test } = divideByName(dataset, `list:${list}`)
    expect(train).toHaveLength(10)
    expect(test).toEqual(divideByName(dataset, 'nw-ucla').test)
  })

  it.each([
    [['--imbalance', '2'], 'long-tail:exp,2,2', [2, ...new Array(9).fill(1)]],
    [['--imbalance', '2', '--profile', 'step'], 'long-tail:step,2,2', [2, 2, 2, 2, 2, 1, 1, 1, 1, 1]],
    [['--share', '0.5'], 'share:0.5', new Array(10).fill(1)],
  ])('%j is the cut %s', async (flags, name, after) => {
    const { stdout } = await cut(...flags, '--json')
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ cut: name, train: after.reduce((sum, count) => sum + count, 0), test: 10 })
    expect(result.classes.map((row: { after: number }) => row.after)).toEqual(after)
  })

  it('takes counts from a file', async () => {
    const counts = join(newFolder(), 'counts.txt')
    writeFileSync(counts, '2,1,1,1,1,1,1,1,1,0')
    const result = JSON.parse((await cut('--counts', counts, '--json')).stdout)
    expect(result).toMatchObject({ train: 10, imbalance: null, warnings: [expect.stringMatching(/no training clip/)] })
  })

  it('warns of classes that are too small for the long tail', async () => {
    const { stdout } = await cut('--imbalance', '2', '--largest', '4')
    expect(stdout).toMatch(/warning: fewer training clips than the long tail asks for: pick up with one hand, /)
  })

  it('cuts some classes', async () => {
    const result = JSON.parse((await cut('--shots', '1', '--classes', 'throw,carry', '--json')).stdout)
    expect(result).toMatchObject({ train: 2, test: 2, classes: [{ name: 'throw', before: 2 }, { name: 'carry' }] })
  })

  it('needs one cut', async () => {
    expect((await cut()).stderr).toMatch(/there is no cut/)
    expect((await cut('--shots', '1', '--share', '0.5')).stderr).toMatch(/more than one cut.*--shots, --share/s)
  })

  it('refuses flags of a long tail for another cut', async () => {
    const { code, stderr } = await cut('--shots', '1', '--profile', 'step')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '--profile does nothing without --imbalance\n' })
  })
})

describe('ossature data convert', () => {
  it('writes a clip store with the other skeleton and names the joints that it made up', async () => {
    const store = join(newFolder(), 'store')
    const { code, stdout } = await ossature('data', 'convert', data, '--layout', 'nturgb+d', '--out', store)
    expect(code).toBe(0)
    expect(stdout).toMatch(/nw_ucla \(20 joints\) to nturgb\+d \(25\): 20 copied, 5 made up, 0 missing\n/)
    expect(stdout).toMatch(/\n {2}left hand tip, from left hand\n/)
    expect(loadDataset(store)).toMatchObject({ layout: 'nturgb+d', joints: 25, classes: dataset.classes })
  })

  it('changes the frame rate, with or without the skeleton, and says how many frames became how many', async () => {
    const store = join(newFolder(), 'store')
    const flags = ['--frame-rate', '15', '--reader-set', 'frameRate=30', '--out', store]
    const before = dataset.entries.reduce((sum, { frames }) => sum + frames, 0)
    const { code, stdout } = await ossature('data', 'convert', data, ...flags)
    expect(code).toBe(0)
    const halved = loadDataset(store)
    const after = halved.entries.reduce((sum, { frames }) => sum + frames, 0)
    expect(stdout).toMatch(new RegExp(`\n30 to 15 frames per second: ${before} frames became ${after}\n$`))
    expect(halved).toMatchObject({ layout: 'nw_ucla', joints: 20, classes: dataset.classes })
    for (const [index, { frames, meta }] of halved.entries.entries()) {
      expect(Math.abs(frames / 15 - dataset.entries[index].frames / 30)).toBeLessThanOrEqual(0.5 / 15 + 1e-12)
      expect(meta.frameRate).toBe(15)
    }
    const both = await ossature('data', 'convert', data, ...flags, '--layout', 'nturgb+d', '--force', '--json')
    const result = JSON.parse(both.stdout.trimEnd().split('\n').at(-1)!)
    expect(result).toMatchObject({ to: 'nturgb+d', derived: { length: 5 }, frames: { from: before, to: after } })
    expect(result.frameRate).toEqual({ from: [30], to: 15 })
    expect(loadDataset(store)).toMatchObject({ layout: 'nturgb+d', joints: 25 })
  })

  it('says what is missing', async () => {
    const store = join(newFolder(), 'store')
    const unstated = await ossature('data', 'convert', data, '--frame-rate', '15', '--out', store)
    expect(unstated).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/frame rate\n.*--reader-set frameRate=30/),
    })
    const nothing = await ossature('data', 'convert', data, '--out', store)
    expect(nothing).toMatchObject({ code: 1, stderr: expect.stringMatching(/nothing to convert\n.*--frame-rate/) })
    const zero = await ossature('data', 'convert', data, '--frame-rate', '0', '--out', store)
    expect(zero).toMatchObject({ code: 1, stderr: expect.stringMatching(/a number above 0 is needed/) })
    expect(existsSync(store)).toBe(false)
  })

  it('takes a layout from a file, and leaves what it lacks at 0 only when it may', async () => {
    const layout = join(newFolder(), 'layout.json')
    const joints = ['head', 'left wing']
    writeFileSync(
      layout,
      JSON.stringify({ name: 'bird', dimensions: 3, joints, bones: { 'left wing': 'head' }, centre: 'head' }),
    )
    const store = join(newFolder(), 'store')
    const refused = await ossature('data', 'convert', data, '--layout', layout, '--out', store)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/nothing for left wing/) })
    expect(existsSync(store)).toBe(false)
    const flags = ['--layout', layout, '--out', store, '--allow-missing', '--json']
    const { stdout } = await ossature('data', 'convert', data, ...flags)
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1)!)
    expect(result).toMatchObject({ event: 'result', to: 'bird', copied: 1, missing: ['left wing'], store })
    expect(loadDataset(store)).toMatchObject({ layout: 'bird', joints: 2 })
  })
})
