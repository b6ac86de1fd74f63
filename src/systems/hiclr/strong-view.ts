import { jointsByFrameMask } from '../../augment/space/random-masks.ts'
import { addEdges, dropEdges } from '../../models/blocks/graph/random-edges.ts'
import type { Encoder } from '../../models/encoder.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { HostArray } from '../../runtime/device.ts'
import {
  f32,
  gather,
  greater,
  i32,
  read,
  reshape,
  type Tensor,
  type TensorType,
  uniform,
  type Variable,
  where,
} from '../../tensor/index.ts'
import { skeletonAdaIn } from './skeleton-ada-in.ts'

/** What makes the strongest view of a clip: covered joints, dropped or added edges, or another clip's style. */
export const STRONG_VIEWS = ['mask', 'drop-edges', 'add-edges', 'adain'] as const

/** A batch (N, M, T, V, C). */
export type BatchShape = readonly [N: number, M: number, T: number, V: number, C: number]

/** How the third branch of HiCLR sees its view. */
export interface StrongView {
  readonly inputs: Readonly<Record<string, TensorType>>
  /** What a step is fed. */
  feeds(random: RandomStream): Record<string, HostArray>
  encode(encoder: Encoder, x: Tensor, tensors: Readonly<Record<string, Tensor>>): Tensor
}

/** Joints covered in every frame by a learned number; the same joints for the whole batch. */
export function maskedView([, , T, V]: BatchShape, ratio: number, value: Variable): StrongView {
  return {
    inputs: { mask: f32(T, V) },
    feeds: (random) => ({ mask: jointsByFrameMask({ frames: T, joints: V }, ratio, random).data }),
    encode: (encoder, x, { mask }) => encoder.forward(coverJoints(x, mask, read(value))),
  }
}

/** x (N, M, T, V, C) with `value` where the mask (T, V) is 0. */
export function coverJoints(x: Tensor, mask: Tensor, value: Tensor): Tensor {
  return where(greater(reshape(mask, [...mask.shape, 1]), 0), x, value)
}

/** Edges dropped or added in every layer, at a rate that is drawn up to the given one. */
export function edgesView(kind: 'drop-edges' | 'add-edges', highest: number, transformer: boolean): StrongView {
  return {
    inputs: {},
    feeds: () => ({}),
    encode: (encoder, x) =>
      encoder.forward(x, (graph) => {
        const rate = uniform([1], 0, highest)
        const draws = uniform(graph.shape)
        return kind === 'drop-edges'
          ? dropEdges(graph, rate, draws)
          : addEdges(graph, rate, draws, transformer ? 'mean' : 'one')
      }),
  }
}

/** The style of another clip of the batch: i takes that of i + n, with one n from 1 to N - 2. */
export function restyledView([N]: BatchShape): StrongView {
  return {
    inputs: { styles: i32(N) },
    feeds: (random) => {
      const by = N > 2 ? random.integer(1, N - 1) : N - 1
      return { styles: Int32Array.from({ length: N }, (_, i) => (i + by) % N) }
    },
    encode: (encoder, x, { styles }) => encoder.forward(skeletonAdaIn(x, gather(x, styles, 0))),
  }
}
