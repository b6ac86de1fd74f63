import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { scoreFile } from '../evaluate/small-scores.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossature } from './run-cli.ts'
import { writeRunFolder } from './scored-runs.ts'

const newFolder = temporaryFolders()
const folder = newFolder()
const write = (name: string, options: Record<string, unknown>, ...scores: Parameters<typeof scoreFile>) =>
  writeRunFolder(join(folder, name), scoreFile(...scores), options)

const plain = write('plain', { loss: 'plain', seed: 0 }, ['01', '01', '11', '20'])
const focal = write('focal', { loss: 'focal', seed: 0 }, ['00', '01', '12', '22'])
const again = write('again', { loss: 'focal', seed: 1 }, ['00', '00', '12', '22'])

describe('ossature compare', () => {
  it('prints the runs, the paired tests against the first, and repetitions with other seeds', async () => {
    const { code, stdout, stderr } = await ossature('compare', plain, focal, again)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^plain +25\.0% /m)
    // Two clips won, one lost; then three and one: exact p of 1 and 0.625.
    expect(stdout).toMatch(/^focal +\+25\.0 .* 2 +1 +1\.000 +1\.000$/m)
    expect(stdout).toMatch(/^again +\+50\.0 .* 3 +1 +0\.625 +1\.000$/m)
    expect(stdout).toMatch(/^focal, again: 2 seeds /m)
  })

  it('gives the same as JSON', async () => {
    const { baseline, runs, tests, seeds, page } = JSON.parse(
      (await ossature('compare', plain, focal, again, '--json')).stdout,
    )
    expect({ baseline, page }).toEqual({ baseline: 'plain', page: null })
    expect(runs.map(({ name, run }: { name: string; run: string }) => [name, run])).toEqual([
      ['plain', plain],
      ['focal', focal],
      ['again', again],
    ])
    expect(tests[0]).toMatchObject({ run: 'focal', won: 2, lost: 1, mcNemar: 1, top1: { value: 0.25 } })
    expect(seeds[0].runs).toEqual(['focal', 'again'])
  })

  it('writes a page with tests, curves and differences per class', async () => {
    const out = join(newFolder(), 'page.html')
    expect((await ossature('compare', plain, focal, '--out', out)).stdout).toMatch(/\npage: .*page\.html\n$/)
    const html = readFileSync(out, 'utf8')
    const { document } = parseHTML(html)
    const text = (selector: string) => document.querySelector(selector)?.textContent
    expect(text('h1')).toBe('2 runs on plaza')
    expect(text('.tests tbody th')).toBe('focal')
    expect([...document.querySelectorAll('#learning .chart')].length).toBeGreaterThan(0)
    const rows = [...document.querySelectorAll('#differences tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
    )
    expect(rows).toEqual([
      ['wave', 'many', '120', '2', '0.0%', '+50.0'],
      ['sit', 'medium', '50', '1', '100.0%', '−100.0'],
      ['run', 'few', '5', '1', '0.0%', '+100.0'],
    ])
    expect(text('#differences > p')).toBe('focal is better in 2 classes and worse in 1.')
    expect(document.querySelector('#setup')?.textContent).toContain('loss')
    expect(html.match(/NaN|undefined|>null<|https?:/)).toBeNull()
  }, 30_000)

  it('compares score files and runs without counts too, but not on a page', async () => {
    const silent = write('silent', { loss: 'x' }, ['00', '01', '12', '22'], { trainCounts: undefined })
    const scores = join(focal, 'scores.safetensors')
    expect((await ossature('compare', plain, silent, scores)).stdout).toMatch(/^scores\.safetensors +50\.0%/m)
    const out = join(newFolder(), 'page.html')
    const { code, stderr } = await ossature('compare', plain, silent, '--out', out)
    expect(code).toBe(1)
    expect(stderr).toContain('training clips per class')
    expect(existsSync(out)).toBe(false)
  })

  it('calls runs of the same name by their paths', async () => {
    const twin = writeRunFolder(join(newFolder(), 'plain'), scoreFile(['00', '01', '11', '20']))
    const { tests } = JSON.parse((await ossature('compare', plain, twin, '--json')).stdout)
    expect(tests[0].run).toBe(twin)
  })

  it.each<[string, Parameters<typeof scoreFile>, RegExp]>([
    ['other test clips', [['00', '01', '12']], /test clips differ[\s\S]*4 clips \(as plain\)[\s\S]*3 clips/],
    ['other classes', [['00', '01', '11', '20'], { classes: ['a', 'b', 'c'] }], /classes differ[\s\S]*wave[\s\S]*: a/],
    ['other training counts', [['00', '01', '11', '20'], { trainCounts: [9, 9, 9] }], /training clips differ/],
  ])('refuses runs of %s and says what differs', async (name, scores, message) => {
    const { code, stdout, stderr } = await ossature('compare', plain, write(name.replaceAll(' ', '-'), {}, ...scores))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('refuses a single run', async () => {
    expect((await ossature('compare', plain)).stderr).toContain('at least two runs')
  })
})
