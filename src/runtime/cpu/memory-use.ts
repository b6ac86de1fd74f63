import { resolveComposite } from '../../tensor/composite.ts'
import { type DataType, type Node, sizeOf, type Tensor } from '../../tensor/index.ts'

const BYTES: Readonly<Record<DataType, number>> = { f32: 4, i32: 4, i64: 8, f16: 2, bool: 1 }

export const bytesOf = (t: Tensor): number => sizeOf(t.shape) * BYTES[t.dtype]

/** Whether a node gives the elements of its first input in another shape, without a copy. */
export const isView = ({ operator }: Node): boolean => operator === 'Reshape'

/** The tensor of which this one is a view, or itself. */
export function viewed(tensor: Tensor): Tensor {
  let t = resolveComposite(tensor)
  while (isView(t.node)) t = resolveComposite(t.node.inputs[0])
  return t
}

/**
 * Where tensors are read, as ascending positions among the nodes: the readers of its views read the tensor itself. What is
 * fed and what is constant is left out.
 */
export class Reads {
  private readonly positions = new Map<Tensor, number[]>()

  /** `order`: all nodes in the order of computation. What the roots give is read at infinity. */
  constructor(order: readonly Node[], roots: readonly Tensor[]) {
    order.forEach((node, position) => {
      if (!isView(node)) for (const t of node.inputs) this.append(t, position)
    })
    for (const t of roots) this.append(t, Infinity)
  }

  of(t: Tensor): readonly number[] {
    return this.positions.get(viewed(t)) ?? []
  }

  add(t: Tensor, position: number): void {
    this.append(t, position)
    this.positions.get(viewed(t))?.sort((a, b) => a - b)
  }

  /** Leaves out the reads behind a position. */
  endAt(t: Tensor, last: number): void {
    const reads = this.of(t)
    this.positions.set(
      viewed(t),
      reads.filter((position) => position <= last),
    )
  }

  private append(t: Tensor, position: number): void {
    const computed = viewed(t)
    if (computed.node.inputs.length === 0) return
    const reads = this.positions.get(computed)
    if (reads) reads.push(position)
    else this.positions.set(computed, [position])
  }
}

/** The position at which most bytes are held at once, and how many; inputs and constants do not count. */
export function peakOf(order: readonly Node[], reads: Reads): { position: number; bytes: number } {
  const changes = new Float64Array(order.length + 1)
  order.forEach((node, position) => {
    if (isView(node) || node.inputs.length === 0) return
    for (const t of node.outputs) {
      const last = reads.of(t).at(-1) ?? position
      changes[position] += bytesOf(t)
      if (last < Infinity) changes[last + 1] -= bytesOf(t)
    }
  })
  const peak = { position: 0, bytes: 0 }
  let held = 0
  changes.forEach((change, position) => {
    held += change
    if (held > peak.bytes) Object.assign(peak, { position, bytes: held })
  })
  return peak
}
