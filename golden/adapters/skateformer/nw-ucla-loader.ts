import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type SkateformerNwUclaRecipe,
  skateformerNwUclaTestSample,
  skateformerNwUclaTrainingSample,
} from '../../../src/augment/recipes/skateformer-nw-ucla.ts'
import { takeFrames, takeJoints } from '../../../src/augment/time/frame-order.ts'
import type { Dataset } from '../../../src/data/dataset.ts'
import { loadDataset } from '../../../src/data/load.ts'
import { splitByProtocol } from '../../../src/data/splits/splits.ts'
import { SKATEFORMER_NW_UCLA } from '../../../src/models/skateformer/recipes.ts'
import { nwUcla } from '../../../src/skeleton/layouts/index.ts'
import type { Adapter, GoldenTest } from '../../adapter.ts'
import { channelFirstOf } from '../../inputs/channel-first.ts'
import { transformTolerance, valuesOf } from '../../inputs/poses.ts'

const ARCHIVE = fileURLToPath(new URL('../../../../shared/data/nw-ucla/all_sqe.zip', import.meta.url))

let loaded: Dataset | undefined

export const adapter: Adapter = {
  system: 'skateformer',
  kind: 'nw-ucla-loader',
  run(test, check) {
    if (!existsSync(ARCHIVE)) {
      check.skip('needs the NW-UCLA archive in ../shared/data/nw-ucla')
      return
    }
    loaded ??= loadDataset(ARCHIVE)
    const dataset = loaded
    const { train, test: val } = splitByProtocol(dataset.entries, 'nw-ucla')
    if (test.config.split === 'all') {
      const counts = (part: readonly number[]) =>
        dataset.classes.map((_, label) => part.filter((index) => dataset.entries[index].label === label).length)
      check.equal(['sizes'], { train: train.length, val: val.length })
      check.equal(['clips_per_label'], { train: counts(train), val: counts(val) })
      return
    }
    const clip = dataset.clip(dataset.entries.findIndex(({ id }) => `${id}.json` === test.config.file))
    check.equal(['frames'], clip.points.frames)
    check.equal(['label'], clip.label)
    const { points, index } = sampleOf(test, clip.points)
    const ordered = test.config.partition ? takeJoints(points, SKATEFORMER_NW_UCLA.jointOrder) : points
    check.close(['index_t'], index, transformTolerance(test))
    check.close(['data'], channelFirstOf(ordered), transformTolerance(test))
    const { data, shape } = valuesOf(takeFrames(ordered, [0, 40]))
    check.close(
      ['frames_0_and_40'],
      { data: coordinatesFirst(data, shape), shape: [2, 3, shape[2]] },
      transformTolerance(test),
    )
  },
}

function sampleOf(test: GoldenTest, points: Parameters<typeof skateformerNwUclaTestSample>[0]) {
  const { data_type: modality, p: probability } = test.config
  const recipe: SkateformerNwUclaRecipe = { modality, boneRoot: 2, window: 64, probability }
  if (test.config.split !== 'train') return skateformerNwUclaTestSample(points, recipe, nwUcla)
  const stream = test.stream()
  // A draw that the authors' loader does not use.
  stream.unit()
  return skateformerNwUclaTrainingSample(points, recipe, nwUcla, stream)
}

/** (1, T, V, C) as (T, C, V). */
function coordinatesFirst(data: ArrayLike<number>, [, frames, joints, channels]: readonly number[]): Float32Array {
  const result = new Float32Array(data.length)
  for (let t = 0; t < frames; t++)
    for (let v = 0; v < joints; v++)
      for (let c = 0; c < channels; c++) result[(t * channels + c) * joints + v] = data[(t * joints + v) * channels + c]
  return result
}
