import { type NearestNeighbourOptions, nearestNeighbours } from '../../evaluate/features/nearest-neighbours.ts'
import type { Vectors } from '../../evaluate/features/vectors.ts'
import type { Scores } from '../../evaluate/scores/scores.ts'
import type { Device } from '../../runtime/device.ts'
import type { ClipSamples } from '../../train/classifier/clip-samples.ts'
import { TestRows } from '../../train/classifier/test-rows.ts'
import type { FeatureExtractor } from '../../train/representation/linear-probe.ts'
import type { ClassificationProblem } from './problem.ts'

/** Recognition without training: the training clips whose features are nearest vote. */
export class NearestClips {
  private readonly encoder: FeatureExtractor
  private readonly samples: ClipSamples
  private readonly problem: ClassificationProblem
  private readonly device: Device
  private readonly options: NearestNeighbourOptions
  private rows: TestRows | undefined

  /** @param samples of the clips as they are tested */
  constructor(
    encoder: FeatureExtractor,
    samples: ClipSamples,
    problem: ClassificationProblem,
    device: Device,
    options: NearestNeighbourOptions,
  ) {
    this.encoder = encoder
    this.samples = samples
    this.problem = problem
    this.device = device
    this.options = options
  }

  /** Labels of the training clips. */
  get labels(): Int32Array {
    const { dataset, train } = this.problem
    return Int32Array.from(train, (index) => dataset.entries[index].label)
  }

  /** Features of clips, by the encoder's present weights. */
  async features(indices: readonly number[], onClip?: (done: number) => void): Promise<Vectors> {
    const { encoder, samples, device } = this
    this.rows ??= await TestRows.compile(({ clip }) => encoder.features(clip), samples, device)
    const data = await this.rows.of(indices, 1, onClip)
    return { data, count: indices.length, size: this.rows.width }
  }

  /**
   * Shares of the votes for each class.
   * @param known features of the training clips, where they are there already
   */
  async scores(indices: readonly number[], known?: Vectors): Promise<Scores> {
    const { labels, options, problem } = this
    const voters = known ?? (await this.features(problem.train))
    return nearestNeighbours(await this.features(indices), voters, labels, problem.dataset.classes.length, options)
  }

  async release(): Promise<void> {
    await this.rows?.release()
    this.rows = undefined
  }
}
