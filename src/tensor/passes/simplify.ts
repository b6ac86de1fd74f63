import type { Tensor } from '../tensor.ts'
import { absorbExpansions } from './absorb-expansions.ts'
import { collapseViews } from './collapse-views.ts'
import { foldConstants } from './fold-constants.ts'
import { neutralElements } from './neutral-elements.ts'
import { removeStops } from './remove-stops.ts'
import { firstOf, rewrite } from './rewrite.ts'
import { shareEqualNodes } from './share-equal-nodes.ts'

/**
 * The graph without what is needless on any device. Nodes that no root needs are left behind by every rewriting: it
 * begins at the roots.
 */
export function simplify(roots: readonly Tensor[]): Tensor[] {
  return rewrite(
    roots,
    firstOf(removeStops, collapseViews, neutralElements, foldConstants, absorbExpansions, shareEqualNodes()),
  )
}
