import { countPresentFrames } from '../../augment/recipes/frame-cache.ts'
import type { FrameCacheRecipe, GrowingViewsRecipe } from '../../augment/samples/index.ts'
import type { Dataset } from '../../data/dataset.ts'
import { OssatureError } from '../../errors.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import { personsSeen, requireOneOrTwoPersons } from '../classification/persons.ts'
import type { ClassificationProblem } from '../classification/problem.ts'
import type { HiclrOptions } from './options.ts'

/** How clips become the views that are compared without labels. */
export function growingViewsRecipe(options: HiclrOptions, dataset: Dataset): GrowingViewsRecipe {
  const { cropRatio, shearAmplitude, augMethod } = options
  return { kind: 'growing-views', ...cacheOf(options, dataset), cropRatio, shearAmplitude, augMethod }
}

/** How clips become what is recognised; only training of all weights augments them. */
export function frameCacheRecipe(options: HiclrOptions, dataset: Dataset): FrameCacheRecipe {
  const { evaluation, encoder, tuneAugment = encoder === 'dsta' } = options
  const tuned = evaluation === 'finetune' || evaluation === 'semi'
  return { kind: 'frame-cache', ...cacheOf(options, dataset), basic: tuned && tuneAugment }
}

function cacheOf(options: HiclrOptions, dataset: Dataset) {
  const { clipLength: window, stream } = options
  return { persons: personsSeen(options, dataset), window, stream }
}

/**
 * Refuses clips that HiCLR cannot prepare. Every clip is read once.
 * @throws OssatureError for clips in an image, of more than two persons, without shoulders, or whose first joint is
 *   always at the origin, which stands for nobody being there
 */
export function requireFrameCache({ dataset, train, test }: ClassificationProblem): void {
  const { axes, dimensions, name } = layoutByName(dataset.layout)
  if (dimensions !== 3 || dataset.channels !== 3 || !axes) {
    throw new OssatureError('HiCLR is defined for joints in space, with shoulders to turn poses by', {
      where: dataset.name,
      expected: 'clips of three coordinates, in a layout with `axes`',
      found: `${dataset.channels} coordinates, layout ${name}${axes ? '' : ' without axes'}`,
    })
  }
  requireOneOrTwoPersons(dataset)
  for (const index of [...train, ...test]) {
    const { id, points } = dataset.clip(index)
    if (countPresentFrames(points, 0) > 0) continue
    throw new OssatureError('the first person of a clip is in no frame', {
      where: `${dataset.name}, clip ${id}`,
      expected: 'frames whose first joint is not at the origin',
      found: `${points.frames} frames where it is`,
      hint: 'HiCLR takes a first joint at the origin for nobody being there. Leave the clip out, or give its joints as they were recorded, not relative to the first one.',
    })
  }
}
