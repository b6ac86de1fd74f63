import {
  type PartitionSize,
  SKATEFORMER_NTU,
  SKATEFORMER_NW_UCLA,
  type SkateFormerOptions,
} from '../../models/skateformer/index.ts'
import type { ClassifierInput } from '../classification/classifier.ts'
import type { SkateformerOptions } from './options.ts'

/** Frames of a partition, in all recipes. */
const FRAMES = 8

/** The published networks by layout and persons; other clips get partitions by `partitionSizes`. */
const PUBLISHED: Readonly<Record<string, Partial<SkateFormerOptions>>> = {
  'nturgb+d 2': SKATEFORMER_NTU,
  'ntu-rgb+d 2': SKATEFORMER_NTU,
  'nw_ucla 1': SKATEFORMER_NW_UCLA,
}

/** The network for clips of these persons, frames and joints. */
export function networkOptions(options: SkateformerOptions, input: ClassifierInput): SkateFormerOptions {
  const { layout, persons, clipLength, channels, classes } = input
  const { width, depth, attnDrop, dropPath, relativeBias } = options
  const numPoints = layout.joints.length
  const published = PUBLISHED[`${layout.name} ${persons}`]
  return {
    numPoints,
    sizes: partitionSizes(numPoints * persons),
    mlpRatio: 4,
    ...published,
    ...(options.mlpRatio !== undefined && { mlpRatio: options.mlpRatio }),
    numPeople: persons,
    numFrames: clipLength,
    inChannels: channels,
    numClasses: classes,
    channels: [width, 2 * width, 2 * width, 2 * width],
    depths: [depth, depth, depth, depth],
    indexT: true,
    attnDrop,
    dropPath,
    relativeBias,
  }
}

/**
 * Partitions of layouts that no recipe is published for: near joints are as few as divide the joints of all persons and
 * are at least 4; far joints are one of each of those groups, if these are at least 4, else as many as near ones.
 */
export function partitionSizes(joints: number): SkateFormerOptions['sizes'] {
  let near = Math.min(4, joints)
  while (joints % near !== 0) near++
  const groups = joints / near
  const sizes = [near, groups >= 4 ? groups : near].map((count): PartitionSize => [FRAMES, count])
  return [sizes[0], sizes[1], sizes[0], sizes[1]]
}
