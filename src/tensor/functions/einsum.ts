import { shapeError, sizeOf, type Tensor } from '../tensor.ts'
import { multiply } from './arithmetic.ts'
import { parseEquation } from './einsum-equation.ts'
import { reshape, slice, swapLastAxes, transpose } from './layout.ts'
import { matmul } from './linear.ts'
import { sum } from './reduction.ts'

/** A tensor whose axes have labels, each of them once. */
interface Labelled {
  readonly tensor: Tensor
  readonly labels: readonly string[]
}

/**
 * Einstein summation: products of the tensors' entries, summed over the labels that the result lacks (torch.einsum).
 * Labels may repeat within a tensor (its diagonal), the result may be left out, and an ellipsis stands for the axes
 * without label. Axes of one label have one length. Lowered to transpositions, matrix products and sums, the pair with
 * the smallest product first.
 * @throws OssatureError when the equation is not one, or does not fit the tensors
 */
export function einsum(equation: string, ...tensors: readonly Tensor[]): Tensor {
  const { operands, result } = parseEquation(
    equation,
    tensors.map((t) => t.rank),
  )
  requireEqualLengths(equation, tensors, operands)
  let remaining = tensors.map((tensor, i) => diagonal({ tensor, labels: operands[i] }))
  while (remaining.length > 1) {
    const [i, j] = cheapestPair(remaining, result)
    const others = remaining.filter((_, k) => k !== i && k !== j)
    const kept = new Set([...result, ...others.flatMap((t) => t.labels)])
    remaining = [...others, contract(remaining[i], remaining[j], kept, result)]
  }
  return ordered(sumOut(remaining[0], new Set(result)), result)
}

function requireEqualLengths(equation: string, tensors: readonly Tensor[], operands: readonly (readonly string[])[]) {
  const lengths = new Map<string, number>()
  operands.forEach((labels, i) => {
    labels.forEach((label, axis) => {
      const length = tensors[i].shape[axis]
      if (lengths.get(label) !== undefined && lengths.get(label) !== length)
        throw shapeError(`einsum ${equation}`, tensors, `one length for all axes ${label}`)
      lengths.set(label, length)
    })
  })
}

/** One axis for all axes of one label: their diagonal. */
function diagonal({ tensor, labels }: Labelled): Labelled {
  const first = labels.findIndex((label, axis) => labels.indexOf(label) !== axis)
  if (first < 0) return { tensor, labels }
  const pair = [labels.indexOf(labels[first]), first]
  const others = labels.map((_, axis) => axis).filter((axis) => !pair.includes(axis))
  const n = tensor.shape[first]
  const flat = reshape(transpose(tensor, [...others, ...pair]), [...others.map((axis) => tensor.shape[axis]), n * n])
  const entries = slice(flat, -1, 0, n * n, n + 1)
  return diagonal({ tensor: entries, labels: [...others.map((axis) => labels[axis]), labels[first]] })
}

function lengthOf({ tensor, labels }: Labelled, label: string): number {
  return tensor.shape[labels.indexOf(label)]
}

function sizesOf(t: Labelled, labels: readonly string[]): number[] {
  return labels.map((label) => lengthOf(t, label))
}

/** The sum over all labels that are not kept. */
function sumOut({ tensor, labels }: Labelled, kept: ReadonlySet<string>): Labelled {
  const axes = labels.map((_, axis) => axis).filter((axis) => !kept.has(labels[axis]))
  if (axes.length === 0) return { tensor, labels }
  return { tensor: sum(tensor, axes, { keepAxes: false }), labels: labels.filter((label) => kept.has(label)) }
}

/** The tensor with its axes in the order of these labels. */
function ordered({ tensor, labels }: Labelled, order: readonly string[]): Tensor {
  return transpose(
    tensor,
    order.map((label) => labels.indexOf(label)),
  )
}

function cheapestPair(operands: readonly Labelled[], result: readonly string[]): [number, number] {
  let best: [number, number] = [0, 1]
  let least = Infinity
  for (let j = 1; j < operands.length; j++) {
    for (let i = 0; i < j; i++) {
      const elsewhere = new Set([...result, ...operands.flatMap((t, k) => (k === i || k === j ? [] : t.labels))])
      const [a, b] = [operands[i], operands[j]]
      const own = b.labels.filter((label) => elsewhere.has(label) && !a.labels.includes(label))
      const shared = a.labels.filter((label) => elsewhere.has(label))
      const size = sizeOf([...sizesOf(a, shared), ...sizesOf(b, own)])
      if (size < least) {
        least = size
        best = [i, j]
      }
    }
  }
  return best
}

/** The product of two tensors, summed over the labels that are not kept. */
function contract(first: Labelled, second: Labelled, kept: ReadonlySet<string>, result: readonly string[]): Labelled {
  const a = sumOut(first, new Set([...kept, ...second.labels]))
  const b = sumOut(second, new Set([...kept, ...first.labels]))
  const shared = a.labels.filter((label) => b.labels.includes(label))
  const summed = shared.filter((label) => !kept.has(label))
  const isFree = a.labels.length > shared.length || b.labels.length > shared.length
  if (summed.length === 0 || !isFree) return sumOut(broadcastProduct(a, b), kept)
  const plans = [a, b, { labels: result }].flatMap(({ labels }) => [
    planProduct(a, b, kept, labels, result),
    planProduct(b, a, kept, labels, result),
  ])
  const plan = plans.reduce((best, other) => (other.cost < best.cost ? other : best))
  return plan.multiply()
}

/** a * b with the axes of a, then those of b alone. */
function broadcastProduct(a: Labelled, b: Labelled): Labelled {
  const labels = [...a.labels, ...b.labels.filter((label) => !a.labels.includes(label))]
  const aligned = [a, b].map((t) => {
    const present = labels.filter((label) => t.labels.includes(label))
    return reshape(
      ordered(t, present),
      labels.map((label) => (present.includes(label) ? lengthOf(t, label) : 1)),
    )
  })
  return { tensor: multiply(aligned[0], aligned[1]), labels }
}

/** A way to write a contraction as a matrix product, and how many entries it has to move. */
interface ProductPlan {
  readonly cost: number
  multiply(): Labelled
}

/** Rows are the labels that only a has, columns those that only b has, in the order of `preferred`. */
function planProduct(
  a: Labelled,
  b: Labelled,
  kept: ReadonlySet<string>,
  preferred: readonly string[],
  result: readonly string[],
): ProductPlan {
  const inOrder = (labels: readonly string[]) =>
    [...labels].sort((x, y) => (preferred.indexOf(x) >>> 0) - (preferred.indexOf(y) >>> 0))
  const shared = a.labels.filter((label) => b.labels.includes(label))
  const batch = inOrder(shared.filter((label) => kept.has(label)))
  const summed = inOrder(shared.filter((label) => !kept.has(label)))
  const rows = inOrder(a.labels.filter((label) => !shared.includes(label)))
  const columns = inOrder(b.labels.filter((label) => !shared.includes(label)))
  const labels = [...batch, ...rows, ...columns]
  const moved = (t: Labelled, x: readonly string[], y: readonly string[]) =>
    isOrder(t, [...batch, ...x, ...y]) || isOrder(t, [...batch, ...y, ...x]) ? 0 : sizeOf(t.tensor.shape)
  const final = result.filter((label) => labels.includes(label))
  const reordered =
    final.join() === labels.join() ? 0 : sizeOf([...sizesOf(a, [...batch, ...rows]), ...sizesOf(b, columns)])
  return {
    cost: moved(a, rows, summed) + moved(b, summed, columns) + reordered,
    multiply: () => {
      const product = matmul(matrices(a, batch, rows, summed), matrices(b, batch, summed, columns))
      const shape = [...sizesOf(a, [...batch, ...rows]), ...sizesOf(b, columns)]
      return { tensor: reshape(product, shape), labels }
    },
  }
}

function isOrder(t: Labelled, labels: readonly string[]): boolean {
  return t.labels.join() === labels.join()
}

/** The tensor as matrices (batch, rows, columns); a transposed one is read as it lies. */
function matrices(t: Labelled, batch: readonly string[], rows: readonly string[], columns: readonly string[]): Tensor {
  const shape = (last: readonly (readonly string[])[]) => [
    ...(batch.length > 0 ? [sizeOf(sizesOf(t, batch))] : []),
    ...last.map((labels) => sizeOf(sizesOf(t, labels))),
  ]
  if (isOrder(t, [...batch, ...columns, ...rows])) return swapLastAxes(reshape(t.tensor, shape([columns, rows])))
  return reshape(ordered(t, [...batch, ...rows, ...columns]), shape([rows, columns]))
}
