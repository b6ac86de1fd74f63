import { Linear, Module } from '../../nn/index.ts'
import {
  constant,
  dropout,
  gather,
  max,
  mean,
  reshape,
  sameShape,
  shapeError,
  type Tensor,
  transpose,
  type Variable,
} from '../../tensor/index.ts'
import { type CompleteOptions, completed, type SkateFormerOptions } from './options.ts'
import type { Partition } from './partition.ts'
import { SkateEmbedding } from './skate-embedding.ts'
import { SkateTransformer } from './skate-transformer.ts'
import { Downsampling, SkateFormerBlock, Stage } from './stage.ts'

/**
 * SkateFormer (Do and Kim, ECCV 2024, arXiv 2403.09508; github KAIST-VICLab/SkateFormer, commit 1f1d9ff): a transformer
 * that attends inside partitions of joints and frames, with the names of its authors' state dict.
 */
export class SkateFormer extends Module {
  readonly stages: readonly Stage[]
  readonly head: Linear
  private readonly embedding: SkateEmbedding
  private readonly options: CompleteOptions

  /** @throws OssatureError when the sizes do not fit each other */
  constructor(options: SkateFormerOptions) {
    super()
    const complete = completed(options)
    const { inChannels, channels, numFrames, numPeople, numPoints, indexT, numClasses } = complete
    const joints = numPeople * numPoints
    this.options = complete
    this.embedding = new SkateEmbedding({ inChannels, width: channels[0], frames: numFrames, joints, indexT })
    this.stages = stagesOf(complete, joints)
    this.head = new Linear(channels[channels.length - 1], numClasses)
  }

  override *variables(prefix = ''): Generator<[string, Variable]> {
    yield* this.embedding.variables(prefix)
    for (const [name, part] of this.ownParts()) yield* part.variables(`${prefix}${name}.`)
  }

  override *parts(): Generator<[string, Module]> {
    yield* this.embedding.parts()
    yield* this.ownParts()
  }

  private *ownParts(): Generator<[string, Module]> {
    for (const [i, stage] of this.stages.entries()) yield [`stages.${i}`, stage]
    yield ['head', this.head]
  }

  /**
   * Clips (N, M, T, V, C) to logits (N, classes).
   * @param indexT times of the frames (N, T), the first frame of the recording at -1, its end at 1; needed with `indexT`
   * @throws OssatureError when the clips have other sizes, or the times are missing
   */
  forward(x: Tensor, indexT?: Tensor): Tensor {
    const features = this.stages.reduce(
      (t, stage) => stage.forward(t),
      this.embedding.forward(this.jointsSideBySide(x), indexT),
    )
    const [N, C, T, W] = features.shape
    const flat = reshape(features, [N, C, T * W])
    const pooled = this.options.globalPool === 'max' ? max(flat, [2]) : mean(flat, [2])
    return this.head.forward(dropout(reshape(pooled, [N, C]), this.options.headDrop))
  }

  /** (N, M, T, V, C) to (N, C, T, M * V), the joints in the authors' order. */
  private jointsSideBySide(x: Tensor): Tensor {
    const { numPeople, numFrames, numPoints, inChannels, jointOrder } = this.options
    const ordered = jointOrder ? gather(x, constant(Int32Array.from(jointOrder), [numPoints]), 3) : x
    const expected = [x.shape[0], numPeople, numFrames, numPoints, inChannels]
    if (!sameShape(ordered.shape, expected)) {
      const joints = jointOrder ? 'the joints that the order names' : numPoints
      throw shapeError('SkateFormer', [x], `clips [N, ${numPeople}, ${numFrames}, ${joints}, ${inChannels}]`)
    }
    return reshape(transpose(ordered, [0, 4, 2, 1, 3]), [x.shape[0], inChannels, numFrames, numPeople * numPoints])
  }
}

function stagesOf(options: CompleteOptions, joints: number): Stage[] {
  const { depths, channels, kernelSize, numHeads, dropPath } = options
  const partitions = partitionsOf(options)
  const blocks = depths.reduce((total, depth) => total + depth, 0)
  let block = 0
  return depths.map((depth, stage) => {
    const width = channels[stage]
    const made = Array.from({ length: depth }, (_, i) => {
      // Rates rise evenly from 0 at the first block to `dropPath` at the last.
      const rate = blocks > 1 ? (dropPath * block) / (blocks - 1) : 0
      block++
      const transformer = new SkateTransformer(width, joints, numHeads, partitions, { ...options, dropPath: rate })
      const halves = stage > 0 && i === 0
      return new SkateFormerBlock(
        transformer,
        halves ? new Downsampling(channels[stage - 1], width, kernelSize) : undefined,
      )
    })
    return new Stage(made)
  })
}

/** The four sorts of partitions, in the authors' order. */
export function partitionsOf({ sizes }: Pick<SkateFormerOptions, 'sizes'>): readonly Partition[] {
  return [
    { frames: 'near', joints: 'near', size: sizes[0] },
    { frames: 'near', joints: 'far', size: sizes[1] },
    { frames: 'far', joints: 'near', size: sizes[2] },
    { frames: 'far', joints: 'far', size: sizes[3] },
  ]
}
