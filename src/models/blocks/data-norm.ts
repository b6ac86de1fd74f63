import { BatchNorm, Identity } from '../../nn/index.ts'
import { reshape, shapeError, swapLastAxes, type Tensor, transpose } from '../../tensor/index.ts'

/** What the batch normalisation of the input counts as a feature: joint and channel, or person, joint and channel. */
export type DataNormType = 'VC' | 'MVC' | 'none'

/** Batch normalisation of raw coordinates, or an identity. Two passes: coordinates may lie far from the origin. */
export function dataNorm(type: 'VC' | 'MVC', persons: number, joints: number, channels: number): BatchNorm
export function dataNorm(type: DataNormType, persons: number, joints: number, channels: number): BatchNorm | Identity
export function dataNorm(type: DataNormType, persons: number, joints: number, channels: number): BatchNorm | Identity {
  if (type === 'none') return new Identity()
  return new BatchNorm((type === 'MVC' ? persons : 1) * joints * channels, { twoPass: true })
}

/**
 * Input (N, M, T, V, C), normalised, as (N * M, C, T, V).
 * @throws OssatureError when it has other axes, or other persons, joints or channels than the normalisation
 */
export function normalizedInput(x: Tensor, norm: BatchNorm | Identity): Tensor {
  const [N, M, T, V, C] = x.shape
  const features = norm instanceof BatchNorm ? norm.channels : V * C
  const persons = features === V * C ? 1 : M
  if (x.rank !== 5 || features !== persons * V * C) {
    const sizes = norm instanceof BatchNorm ? ` with V * C or M * V * C = ${features}` : ''
    throw shapeError('the network', [x], `clips (N, M, T, V, C)${sizes}`)
  }
  const coordinates = swapLastAxes(reshape(x, [N * M, T, V * C]))
  const perFeature = reshape(coordinates, [(N * M) / persons, persons * V * C, T])
  return transpose(reshape(norm.forward(perFeature), [N * M, V, C, T]), [0, 2, 3, 1])
}
