import { BatchNorm, Identity } from '../../nn/index.ts'
import { reshape, swapLastAxes, type Tensor, transpose } from '../../tensor/index.ts'

/** What the batch normalisation of the input counts as a feature: joint and channel, or person, joint and channel. */
export type DataNormType = 'VC' | 'MVC' | 'none'

/** Batch normalisation of raw coordinates, or an identity. Two passes: coordinates may lie far from the origin. */
export function dataNorm(type: 'VC' | 'MVC', persons: number, joints: number, channels: number): BatchNorm
export function dataNorm(type: DataNormType, persons: number, joints: number, channels: number): BatchNorm | Identity
export function dataNorm(type: DataNormType, persons: number, joints: number, channels: number): BatchNorm | Identity {
  if (type === 'none') return new Identity()
  return new BatchNorm((type === 'MVC' ? persons : 1) * joints * channels, { twoPass: true })
}

/** Input (N, M, T, V, C), normalised, as (N * M, C, T, V). */
export function normalizedInput(x: Tensor, norm: BatchNorm | Identity): Tensor {
  const [N, M, T, V, C] = x.shape
  const coordinates = swapLastAxes(reshape(x, [N * M, T, V * C]))
  const persons = norm instanceof BatchNorm && norm.channels !== V * C ? M : 1
  const perFeature = reshape(coordinates, [(N * M) / persons, persons * V * C, T])
  return transpose(reshape(norm.forward(perFeature), [N * M, V, C, T]), [0, 2, 3, 1])
}
