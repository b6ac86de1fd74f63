import { type BatchNorm, Module, Sequential } from '../../../nn/index.ts'
import type { SquareMatrix } from '../../../skeleton/edge-matrix.ts'
import type { Adjacency } from '../../../skeleton/graph.ts'
import { add, relu, type Tensor } from '../../../tensor/index.ts'
import type { Backbone } from '../../backbone.ts'
import { dataNorm, normalizedInput } from '../data-norm.ts'
import type { NetworkForm } from '../graph/unit-graph.ts'
import { MsGcn } from './msgcn.ts'
import { type G3dStage, MultiWindowG3d } from './pathways.ts'
import { MsG3dTcn } from './tcn.ts'

export interface MsG3dOptions {
  readonly inChannels?: number
  /** Channels of the first stage; the second has twice, the third four times as many. */
  readonly baseChannels?: number
  /** Number of scales k = 0, 1, ... of the graph over one frame. */
  readonly numGcnScales?: number
  /** Number of scales of the graphs over windows of frames. */
  readonly numG3dScales?: number
  /** Frames of the windows; odd. */
  readonly windowSizes?: readonly number[]
  readonly numPerson?: number
  /** Probability of dropout at the end of each stage; default 0. */
  readonly tcnDropout?: number
}

/** The three stages of MS-G3D, in either form. */
export abstract class MsG3dStages extends Module implements Backbone {
  readonly data_bn: BatchNorm
  readonly gcn3d1: MultiWindowG3d
  readonly sgcn1: Sequential
  readonly tcn1: MsG3dTcn
  readonly gcn3d2: MultiWindowG3d
  readonly sgcn2: Sequential
  readonly tcn2: MsG3dTcn
  readonly gcn3d3: MultiWindowG3d
  readonly sgcn3: Sequential
  readonly tcn3: MsG3dTcn
  readonly outChannels: number

  /** `graph`: its first matrix is the adjacency, 0/1, symmetric, without self loops. */
  constructor(graph: Adjacency, options: MsG3dOptions, form: NetworkForm) {
    super()
    const { inChannels = 3, baseChannels = 96, numGcnScales = 13, numG3dScales = 6 } = options
    const { windowSizes = [3, 5], numPerson = 2, tcnDropout: dropout } = options
    const joints = graph.shape[1]
    const adjacency: SquareMatrix = { size: joints, data: graph.data.subarray(0, joints * joints) }
    const g3d = (stage: G3dStage) =>
      new MultiWindowG3d(stage, { graph: adjacency, scales: numG3dScales, windowSizes, form })
    const sgcn = (inChannels: number, width: number, outChannels: number, stride: number) =>
      new Sequential(
        new MsGcn(inChannels, width, adjacency, numGcnScales, form),
        new MsG3dTcn(width, outChannels, { stride }),
        new MsG3dTcn(outChannels, outChannels, { activated: false }),
      )
    const [c1, c2, c3] = [baseChannels, baseChannels * 2, baseChannels * 4]

    this.data_bn = dataNorm('MVC', numPerson, joints, inChannels)
    // Coordinates are widened at once; later stages widen where the window collapses.
    this.gcn3d1 = g3d({ inChannels, windowChannels: c1, outChannels: c1, stride: 1 })
    this.sgcn1 = sgcn(inChannels, c1, c1, 1)
    this.tcn1 = new MsG3dTcn(c1, c1, { dropout })
    this.gcn3d2 = g3d({ inChannels: c1, windowChannels: c1, outChannels: c2, stride: 2 })
    this.sgcn2 = sgcn(c1, c1, c2, 2)
    this.tcn2 = new MsG3dTcn(c2, c2, { dropout })
    this.gcn3d3 = g3d({ inChannels: c2, windowChannels: c2, outChannels: c3, stride: 2 })
    this.sgcn3 = sgcn(c2, c2, c3, 2)
    this.tcn3 = new MsG3dTcn(c3, c3, { dropout })
    this.outChannels = c3
  }

  /** x (N, M, T, V, C) to (N * M, outChannels, ceil(T / 4), V). */
  forward(x: Tensor): Tensor {
    let y = normalizedInput(x, this.data_bn)
    y = this.tcn1.forward(relu(add(this.sgcn1.forward(y), this.gcn3d1.forward(y))))
    y = this.tcn2.forward(relu(add(this.sgcn2.forward(y), this.gcn3d2.forward(y))))
    return this.tcn3.forward(relu(add(this.sgcn3.forward(y), this.gcn3d3.forward(y))))
  }
}
