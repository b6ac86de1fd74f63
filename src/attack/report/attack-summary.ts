import { counted, percent, real } from '../../evaluate/report/format.ts'
import { printable, textTable } from '../../evaluate/text-table.ts'
import type { AttackResult } from '../attack-report.ts'
import { lengthText } from './unit-text.ts'

/** The numbers of an attack as aligned plain text for the terminal. Ends without a newline. */
export function renderAttackSummary(result: AttackResult): string {
  const { attack, dataset, clips, budget, unit, attacks, victims } = result
  const fooled = textTable([
    ['fooled', ...attacks.map(({ name }) => name)],
    ...victims.map((victim) => [victim.name, ...victim.attacks.map(({ foolingRate }) => percent(foolingRate))]),
  ])
  const right = textTable([
    ['top-1', 'clean', ...attacks.map(({ name }) => name)],
    ...victims.map((victim) => [
      victim.name,
      ...[victim.accuracy, ...victim.attacks.map(({ accuracy }) => accuracy)].map((value) => percent(value)),
    ]),
  ])
  const changed = textTable([
    ['change', 'position', 'bones', 'acceleration', 'largest'],
    ...attacks.map(({ name, deviation: { position, boneLength, acceleration, lInfinity } }) => [
      name,
      ...[position, boneLength, acceleration, lInfinity].map((value) => real(value)),
    ]),
  ])
  const title = `${attack} on ${dataset}: ${counted(clips, 'clip')}, budget ${lengthText(budget, unit)}`
  return [printable(title), '', ...fooled, '', ...right, '', ...changed].join('\n')
}
