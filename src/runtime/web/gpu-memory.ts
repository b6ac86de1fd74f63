import type * as ort from 'onnxruntime-common'
import type { Shape, Variable } from '../../tensor/index.ts'
import type { StateBuffer } from '../onnxruntime-state.ts'

// GPUBufferUsage, which is a global of browsers only.
const MAP_READ = 0x1
const COPY_SRC = 0x4
const COPY_DST = 0x8
const STORAGE = 0x80

/** float32 tensors in the memory of a GPU. */
export interface GpuMemory {
  allocate(count: number): GPUBuffer
  upload(buffer: GPUBuffer, values: Float32Array): void
  download(tensor: ort.Tensor): Promise<Float32Array>
}

export function gpuMemory(device: GPUDevice): GpuMemory {
  return {
    // The runtime reads four numbers at a time.
    allocate: (count) => device.createBuffer({ size: 16 * Math.ceil(count / 4), usage: STORAGE | COPY_SRC | COPY_DST }),
    upload: (buffer, values) => device.queue.writeBuffer(buffer, 0, values as Float32Array<ArrayBuffer>),
    async download({ gpuBuffer, size }) {
      const staging = device.createBuffer({ size: 4 * size, usage: MAP_READ | COPY_DST })
      const encoder = device.createCommandEncoder()
      encoder.copyBufferToBuffer(gpuBuffer as GPUBuffer, 0, staging, 0, 4 * size)
      device.queue.submit([encoder.finish()])
      try {
        await staging.mapAsync(MAP_READ)
        return new Float32Array(staging.getMappedRange().slice(0))
      } finally {
        staging.destroy()
      }
    },
  }
}

/** Two buffers of a GPU. A run writes the next one, then the two change places. */
export class GpuDoubleBuffer implements StateBuffer {
  private front: ort.Tensor
  private back: ort.Tensor
  private readonly memory: GpuMemory
  private readonly buffers: readonly GPUBuffer[]

  constructor({ values, shape }: Variable, { Tensor }: { Tensor: ort.TensorFactory }, memory: GpuMemory) {
    this.memory = memory
    this.buffers = [memory.allocate(values.length), memory.allocate(values.length)]
    const [front, back] = this.buffers.map((buffer) =>
      Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: shape as Shape }),
    )
    this.front = front
    this.back = back
    this.write(values)
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
    this.memory.upload(this.front.gpuBuffer as GPUBuffer, values)
  }

  release(): void {
    for (const buffer of this.buffers) buffer.destroy()
  }
}
