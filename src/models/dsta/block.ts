import {
  BatchNorm,
  Conv2d,
  constantFill,
  Dropout,
  type Forward,
  fillFrom,
  kaimingNormalFanOut,
  Module,
  ones,
  Parameter,
  pointwise,
  Sequential,
} from '../../nn/index.ts'
import { add, leakyRelu, swapLastAxes, type Tensor } from '../../tensor/index.ts'
import { mixJoints } from '../blocks/graph/mix-joints.ts'
import type { AlterGraph } from '../blocks/graph/random-edges.ts'
import { attentionMap, type MapParts } from './attention-map.ts'
import { PositionEncoding } from './position-encoding.ts'

/** Frames of the temporal convolution. */
const KERNEL = 7

export interface DstaAttention {
  readonly numSubset?: number
  /** Whether a map of its own for every subset is trained, of the joints and of the frames. */
  readonly gloRegS?: boolean
  readonly gloRegT?: boolean
  /** Whether joints and frames are compared by what they do. */
  readonly attS?: boolean
  readonly attT?: boolean
  /** Attention over the frames, else a convolution; over the joints, else a convolution over their numbers. */
  readonly useTemporalAtt?: boolean
  readonly useSpatialAtt?: boolean
  /** Probability of dropout on the residual of the temporal part. */
  readonly attentiondrop?: number
  /** Whether joints and frames are numbered before they are compared. */
  readonly usePes?: boolean
  readonly usePet?: boolean
}

export interface DstaBlockSize {
  readonly inChannels: number
  readonly outChannels: number
  /** Channels in which a subset compares joints. */
  readonly interChannels: number
  readonly stride: number
  readonly joints: number
  readonly frames: number
}

/**
 * Block of DSTA-Net (Shi et al. 2020, "Decoupled Spatial-Temporal Attention Network for Skeleton-Based Action
 * Recognition", arXiv 2007.03263): attention over the joints, a layer per joint, then attention or a convolution over
 * the frames, each with a residual of its own.
 */
export class DstaBlock extends Module {
  readonly alphas?: Parameter
  readonly attention0s?: Parameter
  readonly alphat?: Parameter
  readonly attention0t?: Parameter
  readonly pes?: PositionEncoding
  readonly ff_nets?: Sequential
  readonly in_nets?: Conv2d
  readonly out_nets: Sequential
  readonly pet?: PositionEncoding
  readonly ff_nett?: Sequential
  readonly in_nett?: Conv2d
  readonly out_nett: Sequential
  readonly downs1?: Sequential
  readonly downs2?: Sequential
  readonly downt1?: Sequential
  readonly downt2?: Sequential
  private readonly numSubset: number
  private readonly encodeJoints: boolean
  private readonly encodeFrames: boolean
  private readonly drop: Dropout

  constructor(size: DstaBlockSize, options: DstaAttention = {}) {
    super()
    const { inChannels, outChannels, interChannels, stride, joints, frames } = size
    const { numSubset = 3, attS = true, gloRegS = true, attT = true, gloRegT = false } = options
    const { useSpatialAtt = true, useTemporalAtt = true, usePes = true, usePet = true, attentiondrop = 0 } = options
    const maps = [1, numSubset, 1, 1]
    this.numSubset = numSubset
    this.encodeJoints = usePes
    this.encodeFrames = usePet
    this.drop = new Dropout(attentiondrop)
    const embedding = (channels: number) => pointwise(channels, 2 * numSubset * interChannels, HE_WEIGHTS)
    if (useSpatialAtt) {
      this.pes = new PositionEncoding(inChannels, frames, joints, 'joint')
      this.ff_nets = normalized(pointwise(outChannels, outChannels, HE_WEIGHTS))
      if (attS) {
        this.in_nets = embedding(inChannels)
        this.alphas = new Parameter(maps, ones)
      }
      if (gloRegS) this.attention0s = new Parameter([1, numSubset, joints, joints], constantFill(1 / joints))
      this.out_nets = normalized(pointwise(inChannels * numSubset, outChannels, HE_WEIGHTS))
    } else {
      this.out_nets = normalized(new Conv2d(inChannels, outChannels, [1, 3], { ...HE_WEIGHTS, padding: [0, 1] }))
    }
    const strided = { ...HE_WEIGHTS, stride: [stride, 1] as const }
    if (useTemporalAtt) {
      this.pet = new PositionEncoding(outChannels, frames, joints, 'frame')
      this.ff_nett = normalized(pointwise(outChannels, outChannels, strided))
      if (attT) {
        this.in_nett = embedding(outChannels)
        this.alphat = new Parameter(maps, ones)
      }
      if (gloRegT)
        this.attention0t = new Parameter([1, numSubset, frames, frames], fillFrom(identities(numSubset, frames)))
      this.out_nett = normalized(pointwise(outChannels * numSubset, outChannels, HE_WEIGHTS))
    } else {
      this.out_nett = normalized(
        new Conv2d(outChannels, outChannels, [KERNEL, 1], { ...strided, padding: [(KERNEL - 1) / 2, 0] }),
      )
    }
    if (inChannels !== outChannels || stride !== 1) {
      if (useSpatialAtt) this.downs1 = normalized(pointwise(inChannels, outChannels, HE_WEIGHTS))
      this.downs2 = normalized(pointwise(inChannels, outChannels, HE_WEIGHTS))
      if (useTemporalAtt) this.downt1 = normalized(pointwise(outChannels, outChannels, HE_WEIGHTS))
      this.downt2 = normalized(pointwise(outChannels, outChannels, strided))
    }
  }

  /** x (N, C, T, V) to (N, O, T', V). `alter` changes the maps of the joints. */
  forward(x: Tensor, alter?: AlterGraph): Tensor {
    return this.overFrames(this.overJoints(x, alter))
  }

  private overJoints(x: Tensor, alter: AlterGraph = (map) => map): Tensor {
    if (!this.pes || !this.ff_nets) return activated(through(this.downs2, x), this.out_nets.forward(x))
    const parts: MapParts = { compare: this.in_nets, factors: this.alphas, own: this.attention0s }
    const map = attentionMap(this.encodeJoints ? this.pes.forward(x) : x, parts, this.numSubset)
    const y = activated(through(this.downs1, x), this.out_nets.forward(mixJoints(x, alter(map))))
    return activated(through(this.downs2, x), this.ff_nets.forward(y))
  }

  private overFrames(y: Tensor): Tensor {
    const residual = this.drop.forward(through(this.downt2, y))
    if (!this.pet || !this.ff_nett) return activated(residual, this.out_nett.forward(y))
    const parts: MapParts = { compare: this.in_nett, factors: this.alphat, own: this.attention0t }
    const numbered = this.encodeFrames ? this.pet.forward(y) : y
    const map = attentionMap(swapLastAxes(numbered), parts, this.numSubset)
    const mixed = swapLastAxes(mixJoints(swapLastAxes(y), map))
    const z = activated(through(this.downt1, y), this.out_nett.forward(mixed))
    return activated(residual, this.ff_nett.forward(z))
  }
}

const HE_WEIGHTS = { initialWeight: kaimingNormalFanOut }

function normalized(conv: Conv2d): Sequential {
  return new Sequential(conv, new BatchNorm(conv.weight.shape[0]))
}

function through(projection: Forward | undefined, x: Tensor): Tensor {
  return projection ? projection.forward(x) : x
}

function activated(residual: Tensor, y: Tensor): Tensor {
  return leakyRelu(add(residual, y), 0.1)
}

function identities(count: number, size: number): Float32Array {
  return Float32Array.from({ length: count * size * size }, (_, i) => ((i % (size * size)) % (size + 1) === 0 ? 1 : 0))
}
