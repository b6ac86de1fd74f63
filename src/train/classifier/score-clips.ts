import type { Scores } from '../../evaluate/scores/scores.ts'
import type { Device } from '../../runtime/device.ts'
import { softmax, type Tensor } from '../../tensor/index.ts'
import type { ClipSamples } from './clip-samples.ts'
import { TestRows } from './test-rows.ts'

/** Something that maps clips (N, M, T, V, C) to logits (N, classes). */
export interface ClipClassifier {
  /** @param index_t when the frames were taken (N, T), for networks that see it */
  forward(clip: Tensor, index_t?: Tensor): Tensor
}

/** A compiled classifier in evaluation mode. */
export class Scorer {
  private readonly probabilities: TestRows

  private constructor(probabilities: TestRows) {
    this.probabilities = probabilities
  }

  static async compile(
    model: ClipClassifier,
    samples: ClipSamples,
    device: Device,
    batchSize?: number,
  ): Promise<Scorer> {
    const rows = ({ clip, index_t }: Readonly<Record<string, Tensor>>) => softmax(model.forward(clip, index_t))
    return new Scorer(await TestRows.compile(rows, samples, device, batchSize))
  }

  /**
   * Class probabilities of clips, each the mean over its test samples (`average_clips: prob`).
   * @param onClip told the number of clips done
   */
  async score(indices: readonly number[], clipsPerVideo: number, onClip?: (done: number) => void): Promise<Scores> {
    const data = await this.probabilities.of(indices, clipsPerVideo, onClip)
    return { data, samples: indices.length, classes: this.probabilities.width }
  }

  release(): Promise<void> {
    return this.probabilities.release()
  }
}
