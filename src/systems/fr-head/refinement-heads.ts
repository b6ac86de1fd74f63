import { OssatureError } from '../../errors.ts'
import { type StagedBackbone, stageShapes } from '../../models/staged-backbone.ts'
import { Module } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import { add, multiply, type Tensor } from '../../tensor/index.ts'
import { confusionOf } from './confusion.ts'
import type { ContrastiveNetOptions } from './contrastive-net.ts'
import { RefinementHead } from './refinement-head.ts'

/** Numbers of the blocks, from 1, whose outputs the levels refine. */
const LEVELS = [
  ['low', 1],
  ['mid', 5],
  ['high', 8],
  ['fin', 10],
] as const

export interface RefinementOptions extends ContrastiveNetOptions {
  /** Weights of the levels low, mid, high and fin; one of 0 leaves its level out of the loss. */
  readonly levelWeights?: readonly [number, number, number, number]
  /** Probability above which a recognised sample counts as recognised. */
  readonly predictionThreshold?: number
}

/** Clips that a network is built for. */
export interface ClipSize {
  readonly persons: number
  readonly frames: number
  readonly joints: number
}

/** The refinement heads of all levels of a backbone (FR-Head, arXiv 2303.03729, `ST-Multi-Level`). */
export class RefinementHeads extends Module {
  readonly ren_low: RefinementHead
  readonly ren_mid: RefinementHead
  readonly ren_high: RefinementHead
  readonly ren_fin: RefinementHead
  private readonly options: RefinementOptions

  /**
   * @param random where the first prototypes come from
   * @throws OssatureError for a backbone without ten blocks, or clips with more frames or joints than the heads' channels
   */
  constructor(
    backbone: StagedBackbone,
    clip: ClipSize,
    classes: number,
    random: RandomStream,
    options: RefinementOptions = {},
  ) {
    super()
    const shapes = stageShapes(backbone.stages, clip.frames)
    const last = LEVELS[LEVELS.length - 1][1]
    if (shapes.length !== last)
      throw new OssatureError('refinement heads do not fit the backbone', {
        expected: `${last} blocks`,
        found: `${shapes.length}`,
      })
    const [low, mid, high, fin] = LEVELS.map(([name, block]) => {
      const input = { ...shapes[block - 1], persons: clip.persons, joints: clip.joints }
      return new RefinementHead(input, classes, random.fork(name), options)
    })
    this.ren_low = low
    this.ren_mid = mid
    this.ren_high = high
    this.ren_fin = fin
    this.options = options
  }

  /**
   * The weighted sum of the levels' losses; moves the prototypes. No gradient passes through the logits.
   * @param stages features after each of the ten blocks
   * @param label (N)
   * @param logits (N, classes)
   */
  forward(stages: readonly Tensor[], label: Tensor, logits: Tensor): Tensor {
    const { levelWeights = [0.1, 0.2, 0.5, 1], predictionThreshold } = this.options
    const confusion = confusionOf(logits, label, predictionThreshold)
    return LEVELS.map(([name, block], i) =>
      multiply(this[`ren_${name}`].forward(stages[block - 1], label, confusion), levelWeights[i]),
    ).reduce(add)
  }
}
