import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset } from '../../src/data/dataset.ts'
import { concat, mean, multiply, reshape, slice, type Tensor } from '../../src/tensor/index.ts'
import { exportClassifier } from '../../src/train/classifier/export-classifier.ts'
import { describeEnvironment } from '../../src/train/run/environment.ts'
import { openRun } from '../../src/train/run/run-folder.ts'

const CLIP_LENGTH = 4

/**
 * Makes the folder of a run whose network is known: the logit of class k is 20 + k times the mean over the clip of
 * coordinate k % C, as recorded.
 */
export function madeVictim(
  folder: string,
  { layout, classes, joints, channels }: Pick<Dataset, 'layout' | 'classes' | 'joints' | 'channels'>,
  options: Readonly<Record<string, unknown>> = {},
): string {
  const run = openRun(folder, { options, environment: describeEnvironment({ device: 'cpu', seed: 0 }) })
  const network = {
    forward(clip: Tensor) {
      const means = reshape(mean(clip, [0, 1, 2, 3]), [channels])
      const logits = classes.map((_, k) => multiply(slice(means, 0, k % channels, (k % channels) + 1), 20 + k))
      return reshape(concat(logits, 0), [1, classes.length])
    },
  }
  const model = exportClassifier(
    network,
    { clip: [1, CLIP_LENGTH, joints, channels] },
    {
      system: 'made',
      layout,
      classes,
      recipe: {
        normalize: 'none',
        streams: ['j'],
        sampling: 'uniform',
        clipLength: CLIP_LENGTH,
        persons: 1,
        view: false,
        scale: 0,
        rotation: 0,
        flip: 0,
      },
    },
  )
  writeFileSync(join(folder, 'model.onnx'), model)
  run.close('finished')
  return folder
}
