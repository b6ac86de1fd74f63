import { resolveComposite } from '../../tensor/composite.ts'
import { inScope, Node, type Rule, rebuilt, rewrite, sizeOf, type Tensor } from '../../tensor/index.ts'
import { nodesOf } from '../../tensor/passes/rewrite.ts'
import { bytesOf, isView, peakOf, Reads, viewed } from './memory-use.ts'

/** Bytes from which it pays to compute a tensor again. */
const LARGE = 2 ** 20

/**
 * Large tensors that are read early and once more much later, as by a gradient, are computed a second time for the late
 * readers instead of being held in between, where that is cheap and what they are computed from is there anyway
 * (rematerialisation). The runtime must not share equal nodes afterwards.
 */
export function computeAgain(roots: readonly Tensor[], large = LARGE): Tensor[] {
  const plan = new Plan(roots, large)
  const current = new Map<Tensor, Tensor>()
  const copies = new Map<Tensor, Tensor>()
  const inputsAt = (node: Node, position: number) =>
    node.inputs.map(resolveComposite).map((t) => (plan.readsCopy(t, position) ? copyOf(t) : current.get(t)!))
  const copyOf = (t: Tensor): Tensor => {
    if (!copies.has(t)) {
      const { node } = t
      const inputs = inputsAt(node, plan.secondComputation(node))
      const copy = inScope(node.scope, () => new Node(node.operator, inputs, node.attributes, node.outputs))
      node.outputs.forEach((output, i) => {
        copies.set(output, copy.outputs[i])
      })
    }
    return copies.get(t)!
  }
  const rule: Rule = (node, inputs) => {
    node.inputs.forEach((t, i) => {
      current.set(resolveComposite(t), inputs[i])
    })
    return rebuilt(node, isView(node) ? inputs : inputsAt(node, plan.position(node)))
  }
  return rewrite(roots, rule)
}

/** Which tensors are computed twice, and from which position on the second computation is read. */
class Plan {
  private readonly large: number
  private readonly reads: Reads
  private readonly positions: ReadonlyMap<Node, number>
  private readonly copiedFrom = new Map<Tensor, number>()

  constructor(roots: readonly Tensor[], large: number) {
    this.large = large
    const order = nodesOf(roots)
    this.positions = new Map(order.map((node, position) => [node, position]))
    this.reads = new Reads(order, roots)
    const peak = peakOf(order, this.reads).position
    const shortest = order.length / 50
    // Readers first: what a copy is computed from is read where the copy is made.
    for (const node of [...order].reverse()) {
      if (isCheap(node)) for (const t of node.outputs) this.decide(t, peak, shortest)
    }
  }

  position(node: Node): number {
    return this.positions.get(node)!
  }

  /** Whether a reader at a position reads the second computation of a tensor. */
  readsCopy(t: Tensor, position: number): boolean {
    return position >= (this.copiedFrom.get(viewed(t)) ?? Infinity)
  }

  /** Where a node, or what it is a view of, is computed for the second time. */
  secondComputation(node: Node): number {
    const outputs = isView(node) ? node.inputs.map(viewed) : node.outputs
    return Math.min(...outputs.map((t) => this.copiedFrom.get(t) ?? Infinity))
  }

  private decide(t: Tensor, peak: number, shortest: number): void {
    const reads = this.reads.of(t)
    const early = reads.filter((position) => position <= peak)
    const late = reads.filter((position) => position > peak)
    if (bytesOf(t) < this.large || early.length === 0 || late.length === 0 || late.at(-1) === Infinity) return
    if (late[0] - early.at(-1)! < shortest || !t.node.inputs.every((input) => this.isThere(input, late[0]))) return
    this.copiedFrom.set(t, late[0])
    this.reads.endAt(t, peak)
    for (const input of t.node.inputs) this.reads.add(input, late[0])
  }

  /** Whether a tensor is held at a position, or costs little to hold or to compute again. */
  private isThere(t: Tensor, position: number): boolean {
    const { node } = viewed(t)
    if (node.inputs.length === 0 || bytesOf(t) < this.large) return true
    if ((this.reads.of(t).at(-1) ?? 0) >= position) return true
    return isCheap(node) && node.inputs.every((input) => this.isThere(input, position))
  }
}

/** Operators that take one pass over memory. */
const ONE_PASS = new Set(['Split', 'Transpose', 'Slice', 'Gather', 'Concat', 'Expand', 'Add', 'Mul', 'Sub'])

/** Multiplications per element that a product may take: as long as some passes over memory; more where it widens. */
const FEW = 32
const FEW_WHERE_WIDENING = 128
/** How many times as large as its operands a result is that is said to widen, as of one operand on many graphs. */
const WIDENING = 4

function isCheap(node: Node): boolean {
  if (ONE_PASS.has(node.operator)) return true
  const { inputs, outputs } = node
  const widens = sizeOf(outputs[0].shape) >= WIDENING * Math.max(...inputs.map((t) => sizeOf(t.shape)))
  return multiplications(node) <= (widens ? FEW_WHERE_WIDENING : FEW)
}

/** Multiplications per element of a convolution or matrix product; infinite for other operators. */
function multiplications({ operator, inputs: [a, b], attributes }: Node): number {
  if (operator === 'Conv') return sizeOf(b.shape.slice(1))
  if (operator === 'MatMul') return a.shape.at(-1)!
  if (operator === 'FusedMatMul') return a.shape.at(attributes.transA ? -2 : -1)!
  return Infinity
}
