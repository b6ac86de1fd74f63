import { OssatureError } from '../src/errors.ts'
import type { Layout } from '../src/skeleton/layout.ts'
import { layouts, ntuRgbD } from '../src/skeleton/layouts/index.ts'

/** The layout that has this many joints. */
export function layoutWith(count: number): Layout {
  const layout = layouts.find(({ joints }) => joints.length === count)
  if (!layout) throw new OssatureError('no skeleton layout has this many joints', { found: String(count) })
  return layout
}

/** The same, with the edges of the ST-GCN authors for NTU RGB+D: there the hand tip hangs on the thumb. */
export function authorsLayout(count: number): Layout {
  return count === ntuRgbD.joints.length ? ntuRgbD : layoutWith(count)
}
