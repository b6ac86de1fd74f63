import { OssatureError } from '../../../errors.ts'
import { add, multiply, subtract, type Tensor } from '../../../tensor/index.ts'

/** When a loss changes. */
export interface StageOptions {
  /** The epoch, counted from 1, with which the second stage begins. */
  readonly changeEpoch: number
  /** Whether epochs beyond twice the change epoch are refused, as the released list of two stages runs out there. */
  readonly asReleased: boolean
}

/**
 * The stage of an epoch (counted from 0): 0 up to the change epoch, 1 from it on. The released code takes
 * floor((epoch + 1) / changeEpoch) as index into a list of two.
 * @throws OssatureError as released, when that index is 2 or more
 */
export function stageOf(epoch: number, { changeEpoch, asReleased }: StageOptions): 0 | 1 {
  const index = Math.floor((epoch + 1) / changeEpoch)
  if (asReleased && index > 1) {
    throw new OssatureError('the released loss has two stages and this epoch is in a third', {
      where: `epoch ${epoch + 1}`,
      expected: `at most ${2 * changeEpoch - 1} epochs with the change at epoch ${changeEpoch}`,
      found: `${epoch + 1} epochs`,
      hint: 'Train fewer epochs, move the change to a later epoch, or leave out as-released.',
    })
  }
  return index > 0 ? 1 : 0
}

/**
 * The epochs at which a loss that remembers renewed itself, the last one being `epoch`: whenever the number differed
 * from the one before. Without `seen` all epochs from 0.
 */
export function renewals(epoch: number, seen?: readonly number[]): number[] {
  const before = seen ?? Array.from({ length: epoch }, (_, i) => i)
  return [...before, epoch].filter((number, i, all) => i === 0 || number !== all[i - 1])
}

/** `first` where the fed scalar `stage` is 0, `second` where it is 1. Both are computed and have to be finite. */
export function byStage(stage: Tensor, first: Tensor, second: Tensor): Tensor {
  return add(multiply(first, subtract(1, stage)), multiply(second, stage))
}
