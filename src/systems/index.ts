import { OssatureError } from '../errors.ts'
import { baseline } from './baseline/index.ts'
import { brl } from './brl/index.ts'
import { frHead } from './fr-head/index.ts'
import { hiclr } from './hiclr/index.ts'
import { nearestNames } from './nearest-names.ts'
import { skateformer } from './skateformer/index.ts'
import type { System } from './system.ts'

/** Every system, in the order of the documentation. */
export const SYSTEMS: readonly System[] = [baseline, brl, frHead, hiclr, skateformer]

/** @throws OssatureError that names the nearest systems when there is none of that name */
export function systemNamed(name: string): System {
  const system = SYSTEMS.find((candidate) => candidate.name === name)
  if (system) return system
  const names = SYSTEMS.map((candidate) => candidate.name)
  const [nearest] = nearestNames(name, names, 1)
  throw new OssatureError('there is no such system', {
    found: name,
    expected: names.join(', '),
    hint: nearest && `Did you mean ${nearest}?`,
  })
}
