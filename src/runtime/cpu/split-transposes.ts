import { apply, type Rule, reshape, rewrite, type Shape, type Tensor } from '../../tensor/index.ts'

/** Shorter runs than this, copied one by one, cost as much as single elements. */
const SHORTEST_RUN = 8

/**
 * A permutation that neither moves a single axis nor keeps runs of elements together, in two steps that do: the runtime
 * copies such a tensor element by element, which takes 33 times as long as a plain copy (a move takes 1 to 2).
 */
export function splitTransposes(roots: readonly Tensor[]): Tensor[] {
  return rewrite(roots, rule)
}

const rule: Rule = (node, [x]) => {
  if (node.operator !== 'Transpose') return undefined
  const { shape, order } = merged(x.shape, node.attributes.perm)
  const last = order.length - 1
  const kept = order[last] === last && shape[last] >= SHORTEST_RUN
  if (order.length < 3 || movesOneAxis(order) || kept) return undefined
  const [first, second] = twoMoves(order) ?? runsKept(shape, order)
  const moved = apply('Transpose', [reshape(x, shape)], { perm: first })
  return [reshape(apply('Transpose', [moved], { perm: second }), node.outputs[0].shape)]
}

/** The permutation with axes that stay side by side as one, and without those of length 1. */
function merged(shape: Shape, perm: readonly number[]): { shape: number[]; order: number[] } {
  const runs: { first: number; last: number; size: number }[] = []
  for (const axis of perm) {
    if (shape[axis] === 1) continue
    const run = runs.at(-1)
    const follows = run && shape.slice(run.last + 1, axis).every((n) => n === 1) && axis > run.last
    if (follows) Object.assign(run, { last: axis, size: run.size * shape[axis] })
    else runs.push({ first: axis, last: axis, size: shape[axis] })
  }
  const sources = [...runs].sort((a, b) => a.first - b.first)
  return { shape: sources.map(({ size }) => size), order: runs.map((run) => sources.indexOf(run)) }
}

function movesOneAxis(order: readonly number[]): boolean {
  return order.some((_, at) => order.filter((_, i) => i !== at).every((axis, i, rest) => i === 0 || rest[i - 1] < axis))
}

/** Two moves of a single axis with the same result, where there are such. */
function twoMoves(order: readonly number[]): [number[], number[]] | undefined {
  for (let from = 0; from < order.length; from++) {
    for (let to = 0; to < order.length; to++) {
      const first = movedAxis(order.length, from, to)
      const second = order.map((axis) => first.indexOf(axis))
      if (from !== to && movesOneAxis(second)) return [first, second]
    }
  }
  return undefined
}

/** A step that moves one axis, and one that keeps the longer of the last axes before and after as runs. */
function runsKept(shape: Shape, order: readonly number[]): [number[], number[]] {
  const last = order.length - 1
  const target = order[last]
  if (shape[target] >= shape[last]) {
    const first = movedAxis(order.length, target, last)
    return [first, order.map((axis) => first.indexOf(axis))]
  }
  const first = [...order.filter((axis) => axis !== last), last]
  return [first, order.map((axis) => first.indexOf(axis))]
}

function movedAxis(rank: number, from: number, to: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  axes.splice(to, 0, ...axes.splice(from, 1))
  return axes
}
