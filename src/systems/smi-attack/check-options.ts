import { OssatureError } from '../../errors.ts'
import type { AttackProblem } from '../attack-problem.ts'
import type { SmiOptions } from './options.ts'

/**
 * Refuses what would end the attack after hours.
 * @param learned number of clips that the encoder learns from
 * @throws OssatureError that names the option to change
 */
export function checkSmiOptions(options: SmiOptions, { dataset, attacked }: AttackProblem, learned: number): void {
  const { batchSize, corrupted, queue, clusters, droppedCentres, frames } = options
  if (learned < batchSize)
    throw new OssatureError('there are fewer clips to learn from than fill a batch', {
      where: dataset.name,
      expected: `${batchSize} clips or more`,
      found: `${learned}`,
      hint: `Lower batchSize, for example --set batchSize=${Math.min(16, learned)}.`,
    })
  if (corrupted !== undefined && corrupted > dataset.joints)
    throw new OssatureError('more joints are to be corrupted than a clip has', {
      where: dataset.name,
      expected: `corrupted up to ${dataset.joints}`,
      found: `${corrupted}`,
    })
  if (queue % batchSize !== 0)
    throw new OssatureError('a queue holds whole batches', {
      expected: `queue a multiple of batchSize ${batchSize}`,
      found: `${queue}`,
    })
  if (attacked.length < clusters)
    throw new OssatureError('there are fewer clips to attack than clusters', {
      where: dataset.name,
      expected: `${clusters} clips or more`,
      found: `${attacked.length}`,
      hint: 'Lower clusters, for example to the number of classes.',
    })
  if (droppedCentres >= clusters)
    throw new OssatureError('no cluster is left to lead a clip towards', {
      expected: `droppedCentres below clusters ${clusters}`,
      found: `${droppedCentres}`,
    })
  const longest = longestOf(dataset.entries, attacked)
  if (frames !== undefined && longest.frames > frames)
    throw new OssatureError('a clip is longer than the frames that the encoder sees', {
      where: `${dataset.name}, clip ${longest.id}`,
      expected: `up to ${frames} frames`,
      found: `${longest.frames}`,
      hint: 'Raise frames, or leave it out.',
    })
}

function longestOf(entries: AttackProblem['dataset']['entries'], indices: readonly number[]) {
  return indices.map((index) => entries[index]).reduce((most, entry) => (entry.frames > most.frames ? entry : most))
}
