import type * as ort from 'onnxruntime-common'
import type { Variable } from '../tensor/index.ts'
import type { OnnxRuntime } from './onnxruntime-tensor.ts'

/** The values of a variable on a device. */
export interface StateBuffer {
  /** The current values. */
  readonly current: ort.Tensor
  /** Where the next run writes; null where the runtime gives a new tensor. */
  readonly next: ort.Tensor | null
  /** Makes what a run wrote the current values. */
  advance(written: ort.Tensor): void
  /** Replaces the current values. */
  write(values: Float32Array): void
  release(): void
}

/** Two tensors in the memory of this process. The runtime writes the next one, then the two change places. */
export class DoubleBuffer implements StateBuffer {
  private front: ort.Tensor
  private back: ort.Tensor

  constructor({ values, shape }: Variable, { Tensor }: OnnxRuntime) {
    this.front = new Tensor('float32', values.slice(), shape)
    this.back = new Tensor('float32', new Float32Array(values.length), shape)
  }

  get current(): ort.Tensor {
    return this.front
  }

  get next(): ort.Tensor {
    return this.back
  }

  advance(): void {
    ;[this.front, this.back] = [this.back, this.front]
  }

  write(values: Float32Array): void {
    ;(this.front.data as Float32Array).set(values)
  }

  release(): void {}
}

/** For a runtime that cannot write into a given tensor: its newest result is the state. */
export class NewestResult implements StateBuffer {
  current: ort.Tensor
  readonly next = null

  constructor({ values, shape }: Variable, { Tensor }: OnnxRuntime) {
    this.current = new Tensor('float32', values.slice(), shape)
  }

  advance(written: ort.Tensor): void {
    this.current = written
  }

  write(values: Float32Array): void {
    ;(this.current.data as Float32Array).set(values)
  }

  release(): void {}
}
