import type { Dataset } from '../data/dataset.ts'
import type { Points } from '../skeleton/points.ts'

/** A data set in which some clips, by index, have other points. What reads it sees the attacked clips as recorded ones. */
export function attackedDataset(dataset: Dataset, attacked: ReadonlyMap<number, Points>): Dataset {
  return {
    ...dataset,
    clip(index) {
      const clip = dataset.clip(index)
      const points = attacked.get(index)
      return points ? { ...clip, points: { ...points, data: points.data.slice() } } : clip
    },
  }
}
