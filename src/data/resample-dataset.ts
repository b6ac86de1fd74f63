import { OssatureError } from '../errors.ts'
import { changeFrameRate, framesAtRate } from '../skeleton/change-frame-rate.ts'
import type { ClipMeta } from './clip.ts'
import type { Dataset } from './dataset.ts'

/** A data set at one frame rate, and what it was made of. */
export interface ResampledDataset {
  readonly dataset: Dataset
  /** Frames per second of the clips as recorded, in rising order. */
  readonly rates: readonly number[]
  /** Frames of all clips, before and after. */
  readonly frames: { readonly from: number; readonly to: number }
}

/**
 * The data set with every clip at one frame rate (`changeFrameRate`), which its `meta` then states; clips are resampled
 * when asked for.
 * @param frameRate frames per second
 * @throws OssatureError for a clip that does not tell its rate, and as `changeFrameRate`
 */
export function resampleDataset(dataset: Dataset, frameRate: number): ResampledDataset {
  const { entries, notes = [] } = dataset
  const recorded = entries.map(({ id, meta }) => meta.frameRate ?? unstated(dataset, id))
  const atRate = (meta: ClipMeta): ClipMeta => ({ ...meta, frameRate })
  const resampled = entries.map((entry, index) => ({
    ...entry,
    frames: framesAtRate(entry.frames, recorded[index], frameRate),
    meta: atRate(entry.meta),
  }))
  const rates = [...new Set(recorded)].sort((a, b) => a - b)
  const total = (of: readonly { readonly frames: number }[]) => of.reduce((sum, { frames }) => sum + frames, 0)
  return {
    rates,
    frames: { from: total(entries), to: total(resampled) },
    dataset: {
      ...dataset,
      entries: resampled,
      ...(rates.some((rate) => rate !== frameRate) && {
        notes: [...notes, `Resampled to ${frameRate} frames per second, from ${rates.join(', ')}.`],
      }),
      clip(index) {
        const { points, score, meta, ...clip } = dataset.clip(index)
        return { ...clip, meta: atRate(meta), ...changeFrameRate({ points, score }, recorded[index], frameRate) }
      },
    },
  }
}

function unstated({ name }: Dataset, id: string): never {
  throw new OssatureError('the clip does not tell its frame rate', {
    where: `${name}, clip ${id}`,
    hint: 'State it where the recordings are read: --reader-set frameRate=30 for all, or the column frameRate of labels.csv.',
  })
}
