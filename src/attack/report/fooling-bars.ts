import { escapeHtml } from '../../evaluate/drawing/escape.ts'
import { percent } from '../../evaluate/report/format.ts'
import { appearance } from '../../evaluate/report/series.ts'
import type { AttackResult } from '../attack-report.ts'

const LABEL = 220
const BAR = 18
const GAP = 16
const WIDTH = 760
/** Room for the value behind the longest bar. */
const VALUE = 60

/** Share of fooled clips per victim, a bar per attack. */
export function foolingBars({ attacks, victims }: AttackResult): string {
  const largest = Math.max(0.05, ...victims.flatMap((victim) => victim.attacks.map(({ foolingRate }) => foolingRate)))
  const group = attacks.length * BAR + GAP
  const height = victims.length * group
  const length = (share: number) => (share / largest) * (WIDTH - LABEL - VALUE)
  const marks = victims.map((victim, row) => {
    const top = row * group
    const middle = top + (attacks.length * BAR) / 2
    const bars = victim.attacks.map(({ attack, foolingRate }, i) => {
      const y = top + i * BAR
      const wide = length(foolingRate).toFixed(1)
      return `<g><title>${escapeHtml(`${victim.name}, ${attack}: ${percent(foolingRate)}`)}</title><rect x="${LABEL}" y="${y + 1}" width="${wide}" height="${BAR - 2}" style="fill:${appearance(i).colour}"/><text x="${(LABEL + Number(wide) + 6).toFixed(1)}" y="${y + BAR / 2}">${percent(foolingRate)}</text></g>`
    })
    return `<text x="${LABEL - 12}" y="${middle}" text-anchor="end">${escapeHtml(shortened(victim.name))}</text>${bars.join('')}`
  })
  const legend = attacks.map(
    ({ name, description }, i) =>
      `<span class="run"><svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" style="fill:${appearance(i).colour}"/></svg>${escapeHtml(name)}: ${escapeHtml(description)}</span>`,
  )
  return `<p class="legend">${legend.join('')}</p>
<div class="scroll" role="region" aria-label="Fooled clips per victim" tabindex="0"><svg class="bars" role="img" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<title>Share of fooled clips per victim and attack</title><desc>The table has every value.</desc>
${marks.join('\n')}
</svg></div>`
}

function shortened(name: string): string {
  return name.length > 30 ? `…${name.slice(-29)}` : name
}
