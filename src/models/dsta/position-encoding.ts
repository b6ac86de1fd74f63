import { Buffer, Module } from '../../nn/index.ts'
import { add, read, slice, type Tensor } from '../../tensor/index.ts'

/** What is numbered: the joints, or the frames. */
export type EncodedAxis = 'joint' | 'frame'

/**
 * Sines and cosines of the joint or of the frame, as in "Attention Is All You Need" (arXiv 1706.03762, section 3.5):
 * channels 2j and 2j + 1 hold sin and cos of position * 10000^(-2j / channels).
 */
export class PositionEncoding extends Module {
  readonly pe: Buffer

  constructor(channels: number, frames: number, joints: number, axis: EncodedAxis) {
    super()
    const values = new Float32Array(channels * frames * joints)
    let at = 0
    for (let channel = 0; channel < channels; channel++) {
      const rate = Math.exp((-(channel - (channel % 2)) * Math.log(10000)) / channels)
      for (let frame = 0; frame < frames; frame++)
        for (let joint = 0; joint < joints; joint++) {
          const angle = (axis === 'joint' ? joint : frame) * rate
          values[at++] = channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
        }
    }
    this.pe = new Buffer(values, [1, channels, frames, joints])
  }

  /** x (N, C, T, V), of as many frames as the encoding or fewer, with the encoding added. */
  forward(x: Tensor): Tensor {
    return add(x, slice(read(this.pe), 2, 0, x.shape[2]))
  }
}
