import { resolveComposite } from '../../../tensor/composite.ts'
import { type Node, sizeOf, type Tensor } from '../../../tensor/index.ts'
import { tileCounts } from './cut.ts'
import { rolesIn } from './tileable.ts'

/** Operators that are computed together, tile by tile. */
export interface Cluster {
  readonly tiles: number
  /** Each behind its inputs. */
  readonly members: Node[]
}

interface Growing extends Cluster {
  readonly index: number
  /** Clusters that one of the members needs, directly or through others. */
  readonly needs: Set<Growing>
}

/** With fewer operators on large tensors the way through the cache saves too little. */
const FEWEST = 3

/**
 * Groups of operators whose tiles do not depend on each other. No path leaves a group and comes back, so that each can
 * be computed at once.
 * @param nodes each behind its inputs
 * @param smallest elements of the smallest tensor that is cut
 */
export function clustersOf(nodes: readonly Node[], smallest?: number): Cluster[] {
  const search = new Search(smallest)
  for (const node of nodes) search.add(node)
  return search.clusters.filter((cluster) => passes(cluster) >= FEWEST)
}

/** Operators that read or write one of the largest tensors of a cluster. */
function passes({ members }: Cluster): number {
  const largest = Math.max(...members.map(({ outputs: [t] }) => sizeOf(t.shape)))
  const isLarge = (t: Tensor) => sizeOf(t.shape) * 2 > largest
  const counted = members.filter(
    ({ operator, inputs, outputs }) => operator !== 'Reshape' && [...inputs, ...outputs].some(isLarge),
  )
  return counted.length
}

class Search {
  readonly clusters: Growing[] = []
  private readonly smallest?: number
  private readonly clusterOf = new Map<Node, Growing>()
  /** Clusters that a node needs, directly or through others; of a member, those that its cluster needs. */
  private readonly needs = new Map<Node, Set<Growing>>()
  /** Clusters that read a tensor, so that a further reader finds it in the cache. */
  private readonly readers = new Map<Tensor, Growing[]>()

  constructor(smallest?: number) {
    this.smallest = smallest
  }

  add(node: Node): void {
    if (node.operator === 'Constant' || node.operator === 'Input') return
    const joined = this.candidates(node).find((cluster) => this.fits(node, cluster)) ?? this.begun(node)
    const needed = this.neededBy(node, joined)
    if (!joined) {
      this.needs.set(node, needed)
      return
    }
    joined.members.push(node)
    this.clusterOf.set(node, joined)
    this.needs.set(node, joined.needs)
    this.extend(joined, needed)
    for (const t of producedInputs(node)) {
      const readers = this.readers.get(t) ?? []
      if (!readers.includes(joined)) this.readers.set(t, [...readers, joined])
    }
  }

  /** Clusters that make or read an input of a node, the newest first. */
  private candidates(node: Node): Growing[] {
    const found = producedInputs(node).flatMap((t) => {
      const maker = this.clusterOf.get(t.node)
      return [...(maker ? [maker] : []), ...(this.readers.get(t) ?? [])]
    })
    return [...new Set(found)].sort((a, b) => b.index - a.index)
  }

  private begun(node: Node): Growing | undefined {
    if (node.operator === 'Reshape') return undefined
    const tiles = tileCounts(node.outputs[0].shape, this.smallest).find((count) => rolesIn(node, count))
    if (tiles === undefined) return undefined
    const cluster = { index: this.clusters.length, tiles, members: [], needs: new Set<Growing>() }
    this.clusters.push(cluster)
    return cluster
  }

  private fits(node: Node, cluster: Growing): boolean {
    const inside = node.inputs.map((t) => this.clusterOf.get(resolveComposite(t).node) === cluster)
    const comesBack = node.inputs.some((t, i) => !inside[i] && this.needs.get(resolveComposite(t).node)?.has(cluster))
    if (comesBack) return false
    const roles = rolesIn(node, cluster.tiles)
    return roles?.every((role, i) => role === 'sliced' || !inside[i]) ?? false
  }

  private neededBy(node: Node, joined: Growing | undefined): Set<Growing> {
    const needed = new Set<Growing>()
    for (const { node: source } of producedInputs(node)) {
      const maker = this.clusterOf.get(source)
      if (maker) needed.add(maker)
      for (const cluster of this.needs.get(source)!) needed.add(cluster)
    }
    if (joined) needed.delete(joined)
    return needed
  }

  /** A cluster needs more, and with it all that needs the cluster. */
  private extend(cluster: Growing, needed: ReadonlySet<Growing>): void {
    const added = [...needed].filter((other) => !cluster.needs.has(other))
    if (added.length === 0) return
    const affected = new Set([cluster.needs, ...[...this.needs.values()].filter((needs) => needs.has(cluster))])
    for (const needs of affected) for (const other of added) needs.add(other)
  }
}

/** Inputs that an operator computes. */
function producedInputs(node: Node): Tensor[] {
  return node.inputs
    .map(resolveComposite)
    .filter(({ node: { operator } }) => operator !== 'Constant' && operator !== 'Input')
}
