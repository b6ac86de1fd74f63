import { givesHalves } from '../../tensor/element-type.ts'
import {
  apply,
  applyAll,
  constant,
  type Node,
  type Rule,
  rewrite,
  type Shape,
  type Tensor,
} from '../../tensor/index.ts'
import { nodesOf } from '../../tensor/passes/rewrite.ts'
import { bytesOf, peakOf, Reads } from './memory-use.ts'

/** What share of the memory at the peak makes a tensor one whose shape is hidden. */
const LARGE = 1 / 100

/**
 * Large tensors whose shapes the runtime learns as it computes. Where it knows the shapes beforehand, it holds the memory
 * of a tensor that nobody needs any more for the next one of the same shape, and no other shape gets it: that is a tenth
 * of a training step. Small tensors keep their shapes: known ones are computed in place. The runtime must not fold
 * constants.
 */
export function hideShapes(roots: readonly Tensor[], large = LARGE): Tensor[] {
  const nodes = nodesOf(roots)
  // The runtime's optimiser has to see graphs in half precision, and stumbles over shapes that it does not know.
  if (nodes.some(givesHalves)) return [...roots]
  const smallest = peakOf(nodes, new Reads(nodes, roots)).bytes * large
  const hides = ({ operator, outputs: [t] }: Node) =>
    operator === 'Reshape' && t.rank > 0 && bytesOf(t) >= Math.max(1, smallest)
  const shapes = new Map(nodes.filter(hides).map(({ outputs: [{ shape }] }) => [String(shape), shape]))
  let hidden: ReadonlyMap<string, Tensor> | undefined
  const rule: Rule = (node, [x]) => {
    if (!hides(node)) return undefined
    const [{ shape }] = node.outputs
    // Made where the first one needs them, so that they stand before it.
    hidden ??= hiddenShapes([...shapes.values()])
    return [apply('Reshape', [x, hidden.get(String(shape))!], { shape, fed: true })]
  }
  return rewrite(roots, rule)
}

/** Each shape as a tensor, cut out of one constant. */
function hiddenShapes(shapes: readonly Shape[]): Map<string, Tensor> {
  const lengths = BigInt64Array.from(shapes.flat(), BigInt)
  const sizes = shapes.map(({ length }) => length)
  const pieces = applyAll('Split', [constant(lengths, [lengths.length])], { axis: 0, sizes })
  return new Map(shapes.map((shape, i) => [String(shape), pieces[i]]))
}
