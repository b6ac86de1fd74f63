import type { ClipRecipe } from '../../augment/recipes/clip-recipe.ts'
import type { Dataset } from '../../data/dataset.ts'
import { OssatureError } from '../../errors.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { SampleOptions } from './options.ts'
import { personsSeen, requireOneOrTwoPersons } from './persons.ts'

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
  const persons = personsSeen(options, dataset)
  const { personChoice, scores } = options
  if (normalize === 'spine' && (personChoice === 'given' || persons > 2)) requireOneOrTwoPersons(dataset)
  if (scores && (!flat || dataset.channels !== 2)) {
    throw new OssatureError('the clips have no scores that could be a third channel', {
      where: dataset.name,
      expected: 'poses in an image with 2 coordinates',
      found: `${dataset.channels} coordinates, layout ${dataset.layout}`,
      hint: 'Leave the option scores out.',
    })
  }
  return {
    normalize,
    streams: [options.stream],
    sampling: unitRange ? 'resample' : 'uniform',
    clipLength: options.clipLength ?? (unitRange ? 52 : 64),
    persons,
    ...(personChoice !== 'given' && { personChoice }),
    ...(scores && { scores }),
    view: options.view ?? unitRange,
    scale: options.scale,
    rotation: options.rotation,
    flip: options.flip,
    mirror: options.mirror,
    reverse: options.reverse,
  }
}
