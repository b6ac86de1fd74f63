import { escapeHtml } from '../../evaluate/drawing/escape.ts'
import { counted, percent, pointsDifference, real } from '../../evaluate/report/format.ts'
import { wilsonInterval } from '../../evaluate/statistics/wilson.ts'
import type { AttackResult, ReportedVictim } from '../attack-report.ts'
import { lengthText } from './unit-text.ts'

/** The result in a sentence or two. */
export function leadSentence({ attack, dataset, clips, budget, unit, attacks, victims }: AttackResult): string {
  const worst = victims.reduce((a, b) => (b.attacks[0].foolingRate > a.attacks[0].foolingRate ? b : a))
  const [own, ...others] = worst.attacks
  const compared = others.map((other) => `${escapeHtml(other.attack)} ${percent(other.foolingRate)}`).join(', ')
  const among =
    victims.length > 1 ? `Of ${victims.length} victims <strong>${escapeHtml(worst.name)}</strong>` : 'The victim'
  return `${among} changes its mind about <strong>${percent(own.foolingRate)}</strong> of ${counted(clips, 'clip')} of ${escapeHtml(dataset)} when ${escapeHtml(attack)} (${escapeHtml(attacks[0].name)}) moves joints by up to ${escapeHtml(lengthText(budget, unit))} along each axis; by comparison: ${compared}.`
}

/** What each victim makes of the clips: a row per victim. */
export function victimTable({ clips, attacks, victims }: AttackResult): string {
  const heads = attacks.map(({ name }) => `<th scope="col">${escapeHtml(name)}</th>`).join('')
  const rows = victims.map((victim) => victimRow(victim, clips))
  return `<div class="scroll" role="region" aria-label="Victims" tabindex="0"><table class="attacks">
<caption>Shares of ${counted(clips, 'clip')}</caption>
<thead><tr><td></td><th colspan="${attacks.length}" scope="colgroup">Fooled</th><th colspan="${attacks.length + 1}" scope="colgroup">Top-1 accuracy</th></tr>
<tr><th scope="col">Victim</th>${heads}<th scope="col">clean</th>${heads}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>
<p class="remark">Fooled: the predicted class is another one than without the attack, right or wrong. Small figures: 95% interval (Wilson), and the difference to the clean clips in percentage points.</p>`
}

function victimRow({ name, system, accuracy, attacks }: ReportedVictim, clips: number): string {
  const fooled = attacks.map(({ foolingRate }) => {
    const [low, high] = wilsonInterval(foolingRate, clips)
    const bounds = `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}`
    return `<td>${percent(foolingRate)}<small>${bounds}</small></td>`
  })
  const right = attacks.map(
    (under) => `<td>${percent(under.accuracy)}<small>${pointsDifference(under.accuracy - accuracy)}</small></td>`,
  )
  return `<tr><th scope="row">${escapeHtml(name)}<small>${escapeHtml(system)}</small></th>${fooled.join('')}<td>${percent(accuracy)}</td>${right.join('')}</tr>`
}

/** How much the clips were changed: a row per attack. */
export function deviationTable({ unit, attacks }: AttackResult): string {
  const rows = attacks.map(({ name, description, deviation }) => {
    const { position, boneLength, acceleration, l2, lInfinity } = deviation
    const cells = [position, boneLength, acceleration, l2, lInfinity].map((value) => `<td>${real(value)}</td>`)
    return `<tr><th scope="row">${escapeHtml(name)}<small>${escapeHtml(description)}</small></th>${cells.join('')}</tr>`
  })
  const heads = ['position', 'bone lengths', 'acceleration', 'whole clip', 'largest']
  return `<div class="scroll" role="region" aria-label="Changes" tabindex="0"><table class="attacks">
<caption>Changes${unit === null ? '' : `, unit: ${unit === 'relative' ? "the data's own" : unit}`}</caption>
<thead><tr><th scope="col">Attack</th>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>
<p class="remark">Position: length of the displacement of a whole frame. Bone lengths: length of the change of all bone lengths of a frame. Acceleration: change of a joint's second difference over frames. Each is a mean; lower is less visible. Whole clip: length of the displacement of a clip. Largest: of one coordinate.</p>`
}
