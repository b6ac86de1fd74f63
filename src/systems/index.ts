import { baseline } from './baseline/index.ts'
import { brl } from './brl/index.ts'
import { frHead } from './fr-head/index.ts'
import { hiclr } from './hiclr/index.ts'
import { nameIn } from './named.ts'
import { skateformer } from './skateformer/index.ts'
import type { System } from './system.ts'

/** Every system, in the order of the documentation. */
export const SYSTEMS: readonly System[] = [baseline, brl, frHead, hiclr, skateformer]

/** @throws OssatureError that names the nearest systems when there is none of that name */
export function systemNamed(name: string): System {
  return nameIn(SYSTEMS, name, 'system')
}
