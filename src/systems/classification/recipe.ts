import type { ClipRecipe } from '../../augment/clip-recipe.ts'
import type { Dataset } from '../../data/dataset.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { SampleOptions } from './options.ts'
import { mostPersons, requireOneOrTwoPersons } from './persons.ts'

/** Layouts whose clips are prepared as the NW-UCLA loaders do. */
const UNIT_RANGE_LAYOUTS = new Set(['nw_ucla'])

/**
 * How the options and the data set's layout have clips prepared.
 * @throws OssatureError when no preparation is defined for the clips
 */
export function recipeOf(options: SampleOptions, dataset: Dataset): ClipRecipe {
  const unitRange = UNIT_RANGE_LAYOUTS.has(dataset.layout)
  const flat = layoutByName(dataset.layout).dimensions === 2
  const normalize = unitRange ? 'unit-range' : flat ? 'image' : 'spine'
  if (normalize === 'spine') requireOneOrTwoPersons(dataset)
  return {
    normalize,
    streams: [options.stream],
    sampling: unitRange ? 'resample' : 'uniform',
    clipLength: options.clipLength ?? (unitRange ? 52 : 64),
    persons: options.persons ?? Math.min(2, mostPersons(dataset)),
    view: options.view ?? unitRange,
    scale: options.scale,
    rotation: options.rotation,
    flip: options.flip,
    mirror: options.mirror,
    reverse: options.reverse,
  }
}
