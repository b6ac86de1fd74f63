import { nameIn } from './named.ts'
import { smi } from './smi-attack/index.ts'
import type { AttackSystem } from './system.ts'

/** Every attack, in the order of the documentation. */
export const ATTACKS: readonly AttackSystem[] = [smi]

/** @throws OssatureError that names the nearest attacks when there is none of that name */
export function attackNamed(name: string): AttackSystem {
  return nameIn(ATTACKS, name, 'attack')
}
