import { real } from '../../evaluate/report/format.ts'
import type { AttackResult } from '../attack-report.ts'

const NAMES: Readonly<Record<string, string>> = {
  metre: ' m',
  centimetre: ' cm',
  millimetre: ' mm',
  pixel: ' px',
  image: ' of the image',
}

/** A length in the unit of the data. */
export function lengthText(value: number, unit: AttackResult['unit']): string {
  return real(value) + (unit === null ? '' : (NAMES[unit] ?? ''))
}
