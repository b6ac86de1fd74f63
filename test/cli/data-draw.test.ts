import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { uclaFiles, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { jsonLines, ossature } from './run-cli.ts'

const newFolder = temporaryFolders()
const data = writeFiles(join(newFolder(), 'data'), uclaFiles())

describe('ossature data draw', () => {
  it('writes a page with clips of all classes', async () => {
    const out = join(newFolder(), 'clips.html')
    const { code, stdout } = await ossature('data', 'draw', data, '--out', out, '--count', '10', '--json')
    expect(code).toBe(0)
    const { clips } = jsonLines(stdout).at(-1) as unknown as { clips: string[] }
    expect(new Set(clips.map((id) => id.slice(0, 3))).size).toBe(10)
    const html = readFileSync(out, 'utf8')
    for (const id of clips) expect(html).toContain(`Play clip ${id}`)
  })

  it('draws the samples of a system beside each clip, the same for the same seed', async () => {
    const folder = newFolder()
    const draw = async (name: string, ...flags: string[]) => {
      const set = ['--set', 'clipLength=8', '--set', 'imbalance=1', ...flags]
      const out = join(folder, name)
      await ossature('data', 'draw', data, '--out', out, '--count', '2', '--samples', '2', '--augment', 'brl', ...set)
      return readFileSync(out, 'utf8')
    }
    const html = await draw('a.html')
    const titles = [...html.matchAll(/<p class="what">(.*?)<\/p>/g)].map(([, title]) => title)
    expect(titles).toEqual([
      'as recorded',
      'sample 1',
      'sample 2',
      'mixed',
      'as recorded',
      'sample 1',
      'sample 2',
      'mixed',
    ])
    expect(html).toContain('8 frames drawn from the clip')
    expect(await draw('b.html')).toBe(html)
    expect(await draw('c.html', '--seed', '1')).not.toBe(html)
  })

  it('writes a picture of one clip', async () => {
    const out = join(newFolder(), 'clip.svg')
    const [name] = uclaFiles().keys()
    const id = name.replace('.json', '')
    const { stdout } = await ossature('data', 'draw', data, '--out', out, '--clip', id, '--poses', '4')
    expect(stdout).toBe(`1 clip in ${out}\n`)
    const svg = readFileSync(out, 'utf8')
    expect(svg).toMatch(/^<svg /)
    expect(svg).toContain(id)
  })

  it.each([
    [['--out', 'clips.png'], /another ending\n.*\.html or \.svg/],
    [['--out', 'clips.html', '--poses', '3'], /^--poses does nothing on a page/],
    [
      ['--out', 'clips.html', '--set', 'clipLength=8', '--samples', '2'],
      /^--samples, --set do nothing without --augment/,
    ],
    [['--out', 'clips.html', '--clip', 'a01', '--count', '2'], /^--count does nothing beside --clip/],
    [['--out', 'clips.html', '--label', 'fly'], /no such class.*'fly'/s],
    [['--out', 'clips.html', '--clip', 'a99'], /there is no clip 'a99'/],
    [['--out', 'clips.html', '--augment', 'bril'], /Did you mean brl/],
  ])('%j is refused in words, and nothing is written', async (flags, message) => {
    const folder = newFolder()
    const [, out, ...rest] = flags
    const { code, stderr } = await ossature('data', 'draw', data, '--out', join(folder, out), ...rest)
    expect(code).toBe(1)
    expect(stderr).toMatch(message)
    expect(readdirSync(folder)).toEqual([])
  })
})
