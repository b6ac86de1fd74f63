import { OssatureError } from '../errors.ts'
import { BACKBONE_NAMES } from '../models/build.ts'
import { baseline } from './baseline/index.ts'
import { brl } from './brl/index.ts'
import { frHead } from './fr-head/index.ts'
import { hiclr } from './hiclr/index.ts'
import { nameIn } from './named.ts'
import { skateformer } from './skateformer/index.ts'
import type { System } from './system.ts'

/** Every system, in the order of the documentation. */
export const SYSTEMS: readonly System[] = [baseline, brl, frHead, hiclr, skateformer]

/** @throws OssatureError that names the nearest systems when there is none of that name, or what trains a network of that name */
export function systemNamed(name: string): System {
  const backbone = BACKBONE_NAMES.find((network) => plain(network) === plain(name))
  if (backbone === undefined) return nameIn(SYSTEMS, name, 'system')
  throw new OssatureError('this is a network, not a system', {
    expected: SYSTEMS.map((system) => system.name).join(', '),
    found: name,
    hint: `A system trains it, for example: ossature train baseline --set backbone=${backbone}`,
  })
}

/** CTR-GCN and ctrgcn, ST-GCN++ and stgcnpp are the same. */
const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '').replaceAll('+', 'p')
