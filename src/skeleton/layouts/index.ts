import { OssatureError } from '../../errors.ts'
import type { Layout } from '../layout.ts'
import { coco } from './coco.ts'
import { handmp } from './handmp.ts'
import { ntuEdge } from './ntu-edge.ts'
import { ntuRgbD, nturgbD } from './nturgb-d.ts'
import { nwUcla } from './nw-ucla.ts'
import { openpose } from './openpose.ts'

export { coco, handmp, ntuEdge, ntuRgbD, nturgbD, nwUcla, openpose }

/** The published layouts. */
export const layouts: readonly Layout[] = [nturgbD, ntuRgbD, ntuEdge, nwUcla, coco, openpose, handmp]

/** Other names of the same layouts in the authors' code. */
const aliases: Readonly<Record<string, Layout>> = {
  ntu_rgb_d: ntuRgbD,
  'nw-ucla': nwUcla,
  ucla: nwUcla,
}

/**
 * The published layout of that name.
 * @throws OssatureError that lists the names when there is none.
 */
export function layoutByName(name: string): Layout {
  const found = layouts.find((layout) => layout.name === name) ?? (Object.hasOwn(aliases, name) ? aliases[name] : null)
  if (!found) {
    throw new OssatureError('unknown skeleton layout', {
      expected: `one of ${[...layouts.map((layout) => layout.name), ...Object.keys(aliases)].join(', ')}`,
      found: name,
      hint: 'A layout of your own is described with defineLayout().',
    })
  }
  return found
}
