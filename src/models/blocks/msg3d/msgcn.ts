import { BatchNorm, Buffer, type Conv2d, Module, Parameter, pointwise, uniform } from '../../../nn/index.ts'
import { normalizeColumns, normalizeSymmetric, type SquareMatrix } from '../../../skeleton/edge-matrix.ts'
import { type Adjacency, stack } from '../../../skeleton/graph.ts'
import { kAdjacency } from '../../../skeleton/k-adjacency.ts'
import { add, read, relu, reshape, swapLastAxes, type Tensor } from '../../../tensor/index.ts'
import { mixJoints } from '../graph/mix-joints.ts'
import { fixedGraph, type NetworkForm } from '../graph/unit-graph.ts'

/**
 * The disentangled multi-scale graphs of MS-G3D (section 3.2): for k = 0 to scales - 1 the nodes exactly k links away,
 * with self loops, normalised by columns (PYSKL) or symmetrically (original).
 */
function scaleGraphs(graph: SquareMatrix, scales: number, form: NetworkForm): Adjacency {
  const normalize = form === 'pyskl' ? normalizeColumns : normalizeSymmetric
  return stack(Array.from({ length: scales }, (_, k) => normalize(kAdjacency(graph, k))))
}

/** 1x1 convolution, batch normalisation, ReLU. */
class Mlp extends Module {
  readonly layers: readonly [Conv2d, BatchNorm]

  constructor(inChannels: number, outChannels: number) {
    super()
    this.layers = [pointwise(inChannels, outChannels), new BatchNorm(outChannels)]
  }

  forward(x: Tensor): Tensor {
    const [convolution, norm] = this.layers
    return relu(norm.forward(convolution.forward(x)))
  }
}

/**
 * Multi-scale graph convolution of MS-G3D (sections 3.2 and 3.3): the features aggregated over each scale's graph plus
 * a trained residual mask, mixed by a 1x1 convolution, batch normalisation, ReLU.
 */
export class MsGcn extends Module {
  readonly PA?: Parameter
  readonly A?: Buffer
  /** The original's mask: its (K, V, V) as (K * V, V), and no buffer for the graphs. */
  readonly A_res?: Parameter
  readonly mlp: Mlp
  private readonly graphs: Adjacency

  constructor(inChannels: number, outChannels: number, graph: SquareMatrix, scales: number, form: NetworkForm) {
    super()
    this.graphs = scaleGraphs(graph, scales, form)
    const { data, shape } = this.graphs
    const mask = uniform(-1e-6, 1e-6)
    if (form === 'pyskl') {
      this.PA = new Parameter(shape, mask)
      this.A = new Buffer(Float32Array.from(data), shape)
    } else {
      this.A_res = new Parameter([shape[0] * shape[1], shape[2]], mask)
    }
    this.mlp = new Mlp(inChannels * scales, outChannels)
  }

  /** x (N, C, T, V) to (N, O, T, V). */
  forward(x: Tensor): Tensor {
    return this.mlp.forward(mixJoints(x, this.maskedGraphs()))
  }

  /** (K, V, V): y[w] = sum over v of x[v] A[k, v, w]. The original sums over the other index of the same graphs. */
  private maskedGraphs(): Tensor {
    if (this.A_res) return swapLastAxes(add(fixedGraph(this.graphs), reshape(read(this.A_res), this.graphs.shape)))
    return add(read(this.A!), read(this.PA!))
  }
}
