import { resolveComposite } from '../../../tensor/composite.ts'
import {
  applyAll,
  expand,
  input as fedTensor,
  Node,
  reshape,
  type Shape,
  Subgraph,
  type Tensor,
} from '../../../tensor/index.ts'
import type { Cluster } from './clusters.ts'
import { type Cut, cutOf } from './cut.ts'
import { aligned, attributesOfTile, rolesIn } from './tileable.ts'

/**
 * A cluster as one loop over its tiles: what stands for those of its tensors that are needed outside of it.
 * @param current what stands for a tensor outside the cluster
 */
export function tiledCluster(
  { tiles, members }: Cluster,
  needed: ReadonlySet<Tensor>,
  current: (t: Tensor) => Tensor,
): readonly (readonly [original: Tensor, result: Tensor])[] {
  const sliced = new Arguments()
  const shared = new Arguments()
  const ofTile = new Map<Tensor, Tensor>()
  for (const node of members) {
    const [output] = node.outputs
    const roles = rolesIn(node, tiles)!
    const cut = cutOf(output.shape, tiles)!
    const inputs = node.inputs.map(resolveComposite).map((t, i) => {
      const inside = ofTile.get(t)
      if (inside) return inside
      if (roles[i] === 'sliced')
        return sliced.add(t, () => reshape(current(t), [tiles, ...cutOf(t.shape, tiles)!.tile]), 1)
      if (roles[i] === 'spread') return sliced.add(t, () => spread(current(t), output.shape, cut, tiles), 1, cut)
      return shared.add(t, () => withoutCutAxes(current(t), output.rank, cut), 0, cut)
    })
    const type = { dtype: output.dtype, shape: cut.tile }
    ofTile.set(output, new Node(node.operator, inputs, attributesOfTile(node, cut), [type]).outputs[0])
  }
  const outputs = members.map(({ outputs: [t] }) => t).filter((t) => needed.has(t))
  const body = new Subgraph(
    sliced.inside,
    shared.inside,
    outputs.map((t) => ofTile.get(t)!),
  )
  const results = applyAll('Scan', [...sliced.outside, ...shared.outside], { body })
  return outputs.map((t, i) => [t, reshape(results[i], t.shape)])
}

/** Tensors of the graph around a loop, and what stands for them in its body. */
class Arguments {
  readonly outside: Tensor[] = []
  readonly inside: Tensor[] = []
  private readonly known = new Map<Tensor, Map<string, Tensor>>()

  /**
   * @param loops axes in front that the body does not see
   * @param cut where a tensor may be taken in several ways
   */
  add(original: Tensor, make: () => Tensor, loops: 0 | 1, cut?: Cut): Tensor {
    const ways = this.known.get(original) ?? new Map<string, Tensor>()
    this.known.set(original, ways)
    const way = cut ? `${cut.axis} ${cut.parts} ${cut.tile.length}` : ''
    let inside = ways.get(way)
    if (!inside) {
      const outside = make()
      inside = fedTensor('tile', outside.dtype, outside.shape.slice(loops))
      ways.set(way, inside)
      this.outside.push(outside)
      this.inside.push(inside)
    }
    return inside
  }
}

function withoutCutAxes(t: Tensor, rank: number, cut: Cut): Tensor {
  return t.rank <= rank - cut.axis ? t : reshape(t, aligned(t.shape, rank).slice(cut.axis))
}

/** x written out along the cut axes of a tensor that it is broadcast to, tile by tile: (tiles, ...). */
function spread(x: Tensor, shape: Shape, { axis, parts }: Cut, tiles: number): Tensor {
  const own = aligned(x.shape, shape.length)
  const piece = own[axis] === 1 ? [1, 1] : [parts, own[axis] / parts]
  const rest = [piece[1], ...own.slice(axis + 1)]
  const divided = reshape(x, [...own.slice(0, axis), piece[0], ...rest])
  return reshape(expand(divided, [...shape.slice(0, axis), parts, ...rest]), [tiles, ...rest])
}
