import { SKATEFORMER_NW_UCLA } from '../../augment/recipes/skateformer-nw-ucla.ts'
import { SKATEFORMER_NTU } from '../../augment/recipes/skateformer-recipe.ts'
import type { SampleRecipe } from '../../augment/samples/index.ts'
import type { Dataset } from '../../data/dataset.ts'
import { OssatureError } from '../../errors.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import { personsSeen, requireOneOrTwoPersons } from '../classification/persons.ts'
import type { SkateformerOptions } from './options.ts'

/** The layout whose clips are prepared as those of NW-UCLA. */
const NW_UCLA = 'nw_ucla'

/** Whether the clips of a data set are prepared as those of NW-UCLA. */
export const isNwUcla = ({ layout }: Pick<Dataset, 'layout'>): boolean => layout === NW_UCLA

/**
 * How clips become what SkateFormer sees.
 * @throws OssatureError when the clips are not in three dimensions
 */
export function recipeOf(options: SkateformerOptions, dataset: Dataset): SampleRecipe {
  const layout = layoutByName(dataset.layout)
  if (layout.dimensions !== 3) {
    throw new OssatureError('SkateFormer is defined for joints in space', {
      where: dataset.name,
      expected: 'a layout of three dimensions',
      found: `${layout.name}, ${layout.dimensions} dimensions`,
    })
  }
  const persons = personsSeen(options, dataset)
  const { stream: modality, clipLength: window, intra, inter, secondPerson } = options
  if (isNwUcla(dataset)) {
    return { kind: 'skateformer-nw-ucla', ...SKATEFORMER_NW_UCLA, persons, modality, window, probability: intra }
  }
  requireOneOrTwoPersons(dataset)
  const changed = { boneRoot: boneRootOf(layout), persons, secondPerson, modality, window, intra, inter }
  return { kind: 'skateformer', ...SKATEFORMER_NTU, ...changed }
}

/** The joint that stands at the origin, for NTU RGB+D the middle of the spine; the centre where that is no single joint. */
function boneRootOf({ axes, centre }: Layout): number {
  return typeof axes?.origin === 'number' ? axes.origin : centre
}
