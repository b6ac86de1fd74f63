import { BatchNorm, frameworkBias, frameworkWeight, Module, Parameter, Sequential } from '../../../nn/index.ts'
import type { SquareMatrix } from '../../../skeleton/edge-matrix.ts'
import { windowGraph } from '../../../skeleton/k-adjacency.ts'
import { add, convolution, read, reshape, type Tensor, transpose } from '../../../tensor/index.ts'
import type { NetworkForm } from '../graph/unit-graph.ts'
import { MsGcn } from './msgcn.ts'
import { temporalWindows } from './temporal-windows.ts'

/** What the G3D pathways of a network have in common. */
export interface G3dOptions {
  readonly graph: SquareMatrix
  /** Number of scales of the graph over a window. */
  readonly scales: number
  /** Frames of each pathway's window; odd. */
  readonly windowSizes: readonly number[]
  readonly form: NetworkForm
}

/** What one stage's G3D pathways are built for. */
export interface G3dStage {
  readonly inChannels: number
  /** Channels behind the graph convolution over a window. */
  readonly windowChannels: number
  readonly outChannels: number
  readonly stride: number
}

/** G3D pathways with several window sizes, added up (MS-G3D section 3.4). */
export class MultiWindowG3d extends Module {
  readonly gcn3d: readonly G3dPathway[]

  constructor(stage: G3dStage, options: G3dOptions) {
    super()
    this.gcn3d = options.windowSizes.map((size) => new G3dPathway(stage, size, options))
  }

  /** x (N, C, T, V) to (N, O, ceil(T / stride), V). */
  forward(x: Tensor): Tensor {
    return this.gcn3d.map((pathway) => pathway.forward(x)).reduce((total, y) => add(total, y))
  }
}

/**
 * Graph convolution over the joints of a window of frames, whose graph links every joint to itself and its neighbours in
 * all frames; then the window is collapsed and normalised (MS-G3D section 3.3).
 */
class G3dPathway extends Module {
  readonly gcn3d: Sequential
  readonly out_conv: WindowCollapse
  readonly out_bn: BatchNorm

  constructor({ inChannels, windowChannels, outChannels, stride }: G3dStage, size: number, options: G3dOptions) {
    super()
    const graph = windowGraph(options.graph, size)
    this.gcn3d = new Sequential(
      (x) => temporalWindows(x, size, stride),
      new MsGcn(inChannels, windowChannels, graph, options.scales, options.form),
    )
    this.out_conv = new WindowCollapse(windowChannels, outChannels, size)
    this.out_bn = new BatchNorm(outChannels)
  }

  forward(x: Tensor): Tensor {
    return this.out_bn.forward(this.out_conv.forward(this.gcn3d.forward(x)))
  }
}

/** Convolution of kernel (1, size, 1) over (T, window, V) that leaves one entry per window: one linear map of channels and frames. */
class WindowCollapse extends Module {
  readonly weight: Parameter
  readonly bias: Parameter

  constructor(inChannels: number, outChannels: number, size: number) {
    super()
    this.weight = new Parameter([outChannels, inChannels, 1, size, 1], frameworkWeight)
    this.bias = new Parameter([outChannels], frameworkBias(inChannels * size))
  }

  /** x (N, C, T, size * V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    const [N, , T, nodes] = x.shape
    const [O, C, , size] = this.weight.shape
    const V = nodes / size
    const frames = transpose(reshape(x, [N, C, T, size, V]), [0, 1, 3, 2, 4])
    return convolution(
      reshape(frames, [N, C * size, T, V]),
      reshape(read(this.weight), [O, C * size, 1, 1]),
      read(this.bias),
    )
  }
}
