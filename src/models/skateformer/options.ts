import { OssatureError } from '../../errors.ts'
import type { SkateTransformerOptions } from './skate-transformer.ts'

/** Frames and joints of a partition. */
export type PartitionSize = readonly [frames: number, joints: number]

/** Names and defaults are those of the authors' class. */
export interface SkateFormerOptions extends SkateTransformerOptions {
  readonly inChannels?: number
  /** Blocks of every stage. */
  readonly depths?: readonly number[]
  /** Width of every stage; the embedding has that of the first. Multiples of `numHeads`. */
  readonly channels?: readonly number[]
  readonly numClasses?: number
  readonly numPeople?: number
  /** Halved from stage to stage; the frames of every partition divide what is left. */
  readonly numFrames?: number
  /** Joints of one person. */
  readonly numPoints?: number
  /** Heads of a whole block; a multiple of 8. Each of the four attentions has an eighth of them. */
  readonly numHeads?: number
  /** Sizes of partitions of near joints in near frames, far in near, near in far, far in far. */
  readonly sizes: readonly [PartitionSize, PartitionSize, PartitionSize, PartitionSize]
  /** Share of features that training sets to zero in front of the classifier; default 0. */
  readonly headDrop?: number
  /** Whether the times of the frames are an input; else every frame and joint has a learned embedding. Default false. */
  readonly indexT?: boolean
  readonly globalPool?: 'avg' | 'max'
  /** Which joint of a clip stands at each of the `numPoints` places; by default the clips are in that order already. */
  readonly jointOrder?: readonly number[]
}

export type CompleteOptions = Required<Omit<SkateFormerOptions, 'jointOrder'>> & Pick<SkateFormerOptions, 'jointOrder'>

const DEFAULTS = {
  inChannels: 3,
  depths: [2, 2, 2, 2],
  channels: [96, 192, 192, 192],
  numClasses: 60,
  numPeople: 2,
  numFrames: 64,
  numPoints: 50,
  kernelSize: 7,
  numHeads: 32,
  attnDrop: 0,
  headDrop: 0,
  drop: 0,
  rel: true,
  relativeBias: 'released',
  dropPath: 0,
  mlpRatio: 4,
  indexT: false,
  globalPool: 'avg',
} as const

/**
 * The options with their defaults.
 * @throws OssatureError when they do not fit each other
 */
export function completed(options: SkateFormerOptions): CompleteOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const complete: CompleteOptions = { ...DEFAULTS, ...(Object.fromEntries(given) as SkateFormerOptions) }
  checkStages(complete)
  checkPartitions(complete)
  return complete
}

function checkStages({ depths, channels, numHeads, kernelSize, jointOrder, numPoints }: CompleteOptions): void {
  demand(depths.length > 0 && depths.length === channels.length, 'depths', 'as many entries as channels', [...depths])
  demand(numHeads > 0 && numHeads % 8 === 0, 'numHeads', 'a multiple of 8', numHeads)
  demand(
    channels.every((width) => width > 0 && width % numHeads === 0),
    'channels',
    `multiples of ${numHeads}, the number of heads`,
    [...channels],
  )
  demand(kernelSize % 2 === 1, 'kernelSize', 'an odd number', kernelSize)
  demand(
    !jointOrder || jointOrder.length === numPoints,
    'jointOrder',
    `${numPoints} joints, one for every place`,
    jointOrder?.length,
  )
}

function checkPartitions({ depths, numFrames, numPeople, numPoints, sizes }: CompleteOptions): void {
  const joints = numPeople * numPoints
  const shortest = numFrames / 2 ** (depths.length - 1)
  for (const [type, [F, K]] of sizes.entries()) {
    const where = `sizes, partition type ${type + 1}`
    demand(
      Number.isInteger(shortest) && shortest % F === 0,
      where,
      `frames that divide the ${shortest} of the last stage`,
      F,
    )
    demand(joints % K === 0, where, `joints that divide the ${joints} of all persons`, K)
  }
}

function demand(holds: boolean, option: string, expected: string, found: unknown): void {
  if (holds) return
  throw new OssatureError('this network cannot be built', {
    where: `SkateFormer, ${option}`,
    expected,
    found: Array.isArray(found) ? `[${found}]` : String(found),
  })
}
