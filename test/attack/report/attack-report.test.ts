import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { renderAttackSummary } from '../../../src/attack/report/attack-summary.ts'
import { renderAttackReport } from '../../../src/attack/report/render-attack-report.ts'
import { sampleAttack } from './sample-attack.ts'

const html = renderAttackReport(sampleAttack())
const { document } = parseHTML(html)
const cellsOf = (row: Element) => [...row.querySelectorAll('td')].map((cell) => cell.firstChild?.textContent)

describe('the page of an attack', () => {
  it('begins with the victim that is deceived most', () => {
    expect(document.querySelector('.lead')?.textContent).toBe(
      'Of 2 victims <b>bold</b> changes its mind about 47.5% of 40 clips of synthetic when smi (S2I-FGSM) moves joints by up to 0.01 m along each axis; by comparison: random 0.0%.',
    )
    expect(document.querySelector('.notice')?.textContent).toContain('Synthetic data.')
  })

  it('has every number of every victim in a table, and the rates as bars', () => {
    const [victims, changes] = document.querySelectorAll('table.attacks')
    expect([...victims.querySelectorAll('tbody tr')].map(cellsOf)).toEqual([
      ['10.0%', '0.0%', '75.0%', '70.0%', '75.0%'],
      ['47.5%', '0.0%', '75.0%', '40.0%', '75.0%'],
    ])
    expect([...changes.querySelectorAll('tbody tr')].map(cellsOf)).toEqual([
      ['0.02', '0.03', '0.04', '0.05', '0.01'],
      ['0.04', '0.06', '0.08', '0.1', '0.02'],
    ])
    const bars = [...document.querySelectorAll('svg.bars rect')].map((bar) => Number(bar.getAttribute('width')))
    expect(bars).toHaveLength(4)
    expect(bars[0] / bars[2]).toBeCloseTo(0.1 / 0.475, 2)
  })

  it('shows each clip as recorded, under the attack, and that larger, with what victims see', () => {
    const captions = [...document.querySelectorAll('figcaption')].map((caption) =>
      [...caption.querySelectorAll('p')].map((line) => line.textContent),
    )
    expect(captions).toEqual([
      ['as recorded', 'plain: wave', '<b>bold</b>: wave'],
      ['under the attack', 'plain: wave', '<b>bold</b>: throw'],
      ['displacements 10 times as large'],
    ])
    expect([...document.querySelectorAll('.not')].map((verdict) => verdict.textContent)).toEqual(['throw'])
  })

  it('takes names for text and requests nothing', () => {
    expect(document.querySelectorAll('b')).toHaveLength(0)
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/(src|href)="(?!#)/)
  })
})

describe('the numbers of an attack in the terminal', () => {
  it('are three tables', () => {
    expect(renderAttackSummary(sampleAttack().result).split('\n')).toEqual([
      'smi on synthetic: 40 clips, budget 0.01 m',
      '',
      'fooled       S2I-FGSM  random',
      '-----------------------------',
      'plain           10.0%    0.0%',
      '<b>bold</b>     47.5%    0.0%',
      '',
      'top-1        clean  S2I-FGSM  random',
      '------------------------------------',
      'plain        75.0%     70.0%   75.0%',
      '<b>bold</b>  75.0%     40.0%   75.0%',
      '',
      'change    position  bones  acceleration  largest',
      '------------------------------------------------',
      'S2I-FGSM      0.02   0.03          0.04     0.01',
      'random        0.04   0.06          0.08     0.02',
    ])
  })
})
