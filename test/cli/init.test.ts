import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { SMALL, settings, uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossature } from './run-cli.ts'

const newFolder = temporaryFolders()
const home = process.cwd()
afterEach(() => process.chdir(home))

/** The commands of a text, without `npx` and what stands behind #. */
function commandsIn(text: string): string[][] {
  return [...text.matchAll(/^ *npx ossature ([^#\n]*)/gm)].map(([, line]) => line.trim().split(/\s+/))
}

/** A data set of three joints that no published layout has. */
function ownData(folder: string): { data: string; layout: string } {
  const line = (frame: number, clip: number) => `${frame},${clip},0,${frame + clip},2,0,${frame},1,${clip}`
  const table = (clip: number) =>
    `tip_x,tip_y,tip_z,mid_x,mid_y,mid_z,end_x,end_y,end_z\n${Array.from({ length: 9 }, (_, t) => line(t, clip)).join('\n')}\n`
  const files = ['a-1', 'a-2', 'a-3', 'b-1', 'b-2', 'b-3'].map((name, i): [string, string] => [
    `${name}.csv`,
    table(i + 1),
  ])
  const layout = { name: 'init-rod', dimensions: 3, joints: ['end', 'mid', 'tip'], centre: 'mid' }
  const bones = { end: 'mid', tip: 'mid' }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'rod.json'), JSON.stringify({ ...layout, bones }))
  return { data: writeFiles(join(folder, 'rods'), new Map(files)), layout: join(folder, 'rod.json') }
}

describe('ossature init', () => {
  it('makes a project whose commands work in its folder as they are printed', async () => {
    const folder = join(newFolder(), 'first look')
    const { code, stdout } = await ossature('init', folder)
    expect(code).toBe(0)
    const commands = commandsIn(stdout)
    expect(commands.map(([name, part]) => (name === 'data' ? part : name))).toEqual([
      ...['import', 'check', 'inspect', 'train', 'eval'],
    ])
    expect(commandsIn(readFileSync(join(folder, 'README.md'), 'utf8')).slice(0, 5)).toEqual(commands)
    process.chdir(folder)
    const outputs: string[] = []
    for (const command of commands) {
      const shortened = command[0] === 'train' ? settings({ ...SMALL, epochs: 1 }) : []
      const ended = await ossature(...command, ...shortened)
      expect(ended.code, `${command.join(' ')}\n${ended.stderr}`).toBe(0)
      outputs.push(ended.stdout)
    }
    expect(outputs[0]).toBe('synthetic: 20 clips of 4 classes in store\n')
    expect(outputs[2]).toMatch(/performer: 5/)
    expect(outputs[4]).toMatch(/^first on synthetic: 4 test clips of 4 classes\n/)
    expect(existsSync(join('runs', 'first', 'report.html'))).toBe(true)
  })

  it('starts from recordings of one’s own with their layout, and reads them before there is a project', async () => {
    const place = newFolder()
    const { data, layout } = ownData(place)
    const folder = join(place, 'project')
    const without = await ossature('init', folder, '--data', data)
    expect(without.stderr).toMatch(/layout\.json beside the clips/)
    expect(existsSync(folder)).toBe(false)
    const { code, stderr } = await ossature('init', folder, '--data', data, '--layout', layout)
    expect(code, stderr).toBe(0)
    const text = readFileSync(join(folder, 'ossature.yaml'), 'utf8')
    expect(text).toMatch(/^source: "\.\.\/rods"$.*^name: rods$.*^layout: layout\.json$.*^protocol: folds:clip:1\/5$/ms)
    const imported = await ossature('data', 'import', '--config', join(folder, 'ossature.yaml'))
    expect(imported.stdout).toBe(`rods: 6 clips of 2 classes in ${join(folder, 'store')}\n`)
  })

  it('knows the division of published data, and imports no clip store again', async () => {
    const place = newFolder()
    const data = writeFiles(join(place, 'ucla'), uclaFiles())
    await ossature('data', 'import', data, join(place, 'clips'))
    const { stdout } = await ossature('init', join(place, 'project'), '--data', join(place, 'clips'))
    expect(stdout).not.toContain('data import')
    const text = readFileSync(join(place, 'project', 'ossature.yaml'), 'utf8')
    expect(text).toMatch(/^data: "\.\.\/clips"$.*^protocol: nw-ucla$/ms)
  })

  it('does not put a project among its recordings, where clip store and runs would be read as clips', async () => {
    const { data, layout } = ownData(newFolder())
    for (const folder of [data, join(data, 'project')]) {
      const { code, stderr } = await ossature('init', folder, '--data', data, '--layout', layout)
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(/project would lie among the recordings.*\n.*my-project/),
      })
    }
    expect(existsSync(join(data, 'ossature.yaml'))).toBe(false)
  })

  it('overwrites nothing', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'README.md'), 'mine')
    expect((await ossature('init', folder)).stdout).toContain('README.md was there and stays as it is.')
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine')
    const project = readFileSync(join(folder, 'ossature.yaml'))
    expect((await ossature('init', folder)).stderr).toMatch(/there are recordings already\n.*--data/)
    const again = await ossature('init', folder, '--data', join(folder, 'recordings'))
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/files that a project would need/) })
    expect(readFileSync(join(folder, 'ossature.yaml'))).toEqual(project)
  })

  it('refuses an example beside data, and a layout without', async () => {
    expect((await ossature('init', newFolder(), '--data', 'x', '--example')).stderr).toMatch(/--data or --example/)
    expect((await ossature('init', newFolder(), '--layout', 'x')).stderr).toMatch(/a layout belongs to recordings/)
  })
})

describe('a project file', () => {
  const file = (text: string) => join(writeFiles(newFolder(), new Map([['ossature.yaml', text]])), 'ossature.yaml')

  it('names what is wrong with it', async () => {
    expect((await ossature('train', '--config', file('systm: brl\n'))).stderr).toMatch(
      /ossature\.yaml: unknown option systm\n.*system/,
    )
    expect((await ossature('train', '--config', file('out: run\n'))).stderr).toMatch(
      /^the name of a system and a path .* \(--data\) are missing\n/,
    )
    const train = await ossature(
      'train',
      '--config',
      file('system: baseline\nsource: x\nout: run\noptions: {epoch: 3}\n'),
    )
    expect(train.stderr).toMatch(/ossature\.yaml: unknown option epoch\n.*epochs/)
  })

  it('says how to make the clip store that is not there yet', async () => {
    const { stderr } = await ossature('data', 'check', '--config', file('source: x\ndata: store\n'))
    expect(stderr).toMatch(/store: there is no clip store yet\n.*ossature data import --config .*ossature\.yaml/)
  })

  it('is for its system: another one is told which options it does not have', async () => {
    const project = file('system: baseline\ndata: store\nout: run\noptions: {backbone: stgcn, epochs: 2}\n')
    const { stderr } = await ossature('train', 'skateformer', '--config', project)
    expect(stderr).toMatch(/for another system\n.*options of skateformer\n.*backbone, for baseline\n.*--data and --out/)
  })

  it('gives way to what the command line says', async () => {
    const data = writeFiles(join(newFolder(), 'data'), uclaFiles())
    const { code, stdout } = await ossature('data', 'inspect', data, '--config', file('source: nowhere\nname: mine\n'))
    expect({ code, name: /^data set +(.*)$/m.exec(stdout)?.[1] }).toEqual({ code: 0, name: 'mine' })
  })

  it('is not needed, but then the paths are', async () => {
    expect((await ossature('data', 'import')).stderr).toMatch(/path of recordings is missing\n.*--config/)
    expect((await ossature('train', 'baseline', '--data', 'x')).stderr).toMatch(/\(--out\) is missing/)
    expect((await ossature('train')).stderr).toMatch(
      /^the name of a system, a path .* \(--data\) and a folder .* \(--out\) are missing\n {2}Give them/,
    )
  })
})
