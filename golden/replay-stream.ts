import { isDeepStrictEqual } from 'node:util'
import type { ReplayedStream, Values } from './adapter.ts'
import { fillTemplate } from './fill.ts'
import { flattenNested } from './nested.ts'
import { evaluateRule } from './rules.ts'

/** One recorded call of a random generator. */
interface Draw {
  readonly call: string
  readonly args?: readonly unknown[]
  result(shape?: readonly number[]): unknown
}

/**
 * Random numbers that were recorded from the original (fixtures' README, section 3), returned in their order. A call of
 * another sort, with another range or after the last draw throws. An array drawn by one call of the original may be
 * taken element by element.
 */
export class ReplayStream implements ReplayedStream {
  private readonly draws: readonly Draw[]
  private at = 0
  /** Elements of the current array draw, once the first is asked for, and how many were taken already. */
  private elements: ArrayLike<number> | undefined
  private taken = 0

  constructor(draws: unknown) {
    this.draws = expand(draws)
  }

  /** Calls that were not replayed. */
  leftOver(): string | undefined {
    const rest = this.draws.length - this.at
    if (rest === 0) return undefined
    const elements = this.taken > 0 ? `, ${this.taken} elements of it taken` : ''
    return `${rest} of ${this.draws.length} draws left over, the next is ${describe(this.draws[this.at])}${elements}`
  }

  unit(): number {
    return this.number('unit', [0, 1])
  }

  uniform(low: number, high: number): number {
    return this.number('uniform', [low, high])
  }

  integer(low: number, high: number): number {
    return this.number('integer', [low, high])
  }

  normal(mean = 0, deviation = 1): number {
    return this.number('normal', [mean, deviation])
  }

  choice<T>(items: readonly T[]): T {
    const draw = this.peek('choice')
    const value = this.element(draw)
    return pick(items, value, draw)
  }

  sample<T>(pool: readonly T[], count: number): T[] {
    const draw = this.whole('sample')
    const values = listOf(draw)
    if (values.length < count || (values.length > count && !isPermutation(draw)))
      throw new Error(`sample of ${count} items, but ${describe(draw)} gave ${values.length}`)
    return values.slice(0, count).map((value) => pick(pool, value, draw))
  }

  shuffle<T>(items: T[]): T[] {
    const draw = this.whole('shuffle')
    const values = listOf(draw)
    if (values.length !== items.length)
      throw new Error(`shuffle of ${items.length} items, but ${describe(draw)} gave ${values.length}`)
    const givesPositions = isPermutation(draw) && !Array.isArray(draw.args?.[0])
    const before = [...items]
    values.forEach((value, i) => {
      items[i] = givesPositions ? before[value as number] : pick(before, value, draw)
    })
    return items
  }

  /** The recorded calls are in one order, so every fork goes on with the same list. */
  fork(..._labels: (string | number)[]): this {
    return this
  }

  array(shape?: readonly number[]): Values {
    const result = this.whole('array').result(shape)
    if (isRule(result)) return evaluateRule(result)
    const { data, shape: own } = flattenNested(result)
    return { data, shape: own ?? [data.length], precision: 'given' }
  }

  private number(kind: Kind, args: readonly number[]): number {
    const draw = this.peek(kind, args)
    return this.element(draw) as number
  }

  /** The next draw, which stays current until its elements are used up. */
  private peek(kind: Kind, args?: readonly number[]): Draw {
    const draw = this.draws[this.at]
    const wanted = `${kind}(${args ?? ''})`
    if (draw === undefined) throw new Error(`${wanted} was drawn after the last of ${this.draws.length} recorded draws`)
    if (!kindsOf(draw, args).includes(kind))
      throw new Error(`${wanted} was drawn where draw ${this.at} is ${describe(draw)}`)
    const range = rangeOf(draw)
    if (args && range && !args.every((value, i) => Math.abs(value - range[i]) <= 1e-6 * Math.max(1, Math.abs(value))))
      throw new Error(`${wanted} was drawn where draw ${this.at} is ${describe(draw)}`)
    return draw
  }

  private element(draw: Draw): unknown {
    const result = draw.result()
    if (!Array.isArray(result) && !isRule(result)) {
      this.at++
      return result
    }
    this.elements ??= (isRule(result) ? evaluateRule(result) : flattenNested(result)).data
    const value = this.elements[this.taken++]
    if (this.taken >= this.elements.length) {
      this.at++
      this.elements = undefined
      this.taken = 0
    }
    return value
  }

  private whole(kind: Kind): Draw {
    const draw = this.peek(kind)
    if (this.taken > 0) throw new Error(`${kind} in the middle of draw ${this.at}, ${describe(draw)}`)
    this.at++
    return draw
  }
}

type Kind = 'unit' | 'uniform' | 'integer' | 'normal' | 'choice' | 'sample' | 'shuffle' | 'array'

const kindsOfName: Record<string, readonly Kind[]> = {
  random: ['unit'],
  rand: ['unit'],
  random_sample: ['unit'],
  unit: ['unit'],
  uniform: ['uniform'],
  uniform_: ['uniform'],
  angles: ['uniform'],
  randint: ['integer'],
  integers: ['integer'],
  normal: ['normal'],
  normal_: ['normal'],
  randn: ['normal'],
  gauss: ['normal'],
  choice: ['choice', 'sample'],
  choices: ['choice', 'sample'],
  sample: ['sample'],
  shuffle: ['shuffle'],
  permutation: ['shuffle', 'sample'],
  randperm: ['shuffle', 'sample'],
}

/** The calls of a RandomStream that a recorded call answers; one of a name of its own answers any. */
function kindsOf(draw: Draw, args?: readonly number[]): readonly Kind[] {
  const name = draw.call.split('.').at(-1) as string
  const kinds = kindsOfName[name]
  if (kinds === undefined) return ['unit', 'uniform', 'integer', 'normal', 'choice', 'sample', 'shuffle', 'array']
  const zeroToOne = isDeepStrictEqual(args, [0, 1])
  if (kinds.includes('unit') && zeroToOne) return [...kinds, 'uniform', 'array']
  if (kinds.includes('uniform') && isDeepStrictEqual(draw.args?.slice(0, 2), [0, 1])) return [...kinds, 'unit', 'array']
  return [...kinds, 'array']
}

/** The range or the parameters of a recorded call in the terms of RandomStream, where its arguments tell. */
function rangeOf(draw: Draw): readonly [number, number] | undefined {
  const args = draw.args ?? []
  const name = draw.call.split('.').at(-1) as string
  if (!args.every((value) => typeof value === 'number') || kindsOfName[name] === undefined) return undefined
  const [first, second] = args
  const isInteger = kindsOfName[name].includes('integer')
  if (isInteger && args.length === 1) return [0, first]
  if (isInteger && args.length === 2) return [first, draw.call === 'random.randint' ? second + 1 : second]
  // The numbers behind `randn` are a shape.
  const hasRange = name !== 'randn' && (kindsOfName[name].includes('uniform') || kindsOfName[name].includes('normal'))
  return hasRange && args.length === 2 ? [first, second] : undefined
}

function isPermutation(draw: Draw): boolean {
  return draw.call.endsWith('randperm') || draw.call.endsWith('permutation')
}

function isRule(result: unknown): boolean {
  return typeof result === 'object' && result !== null && !Array.isArray(result)
}

function listOf(draw: Draw): unknown[] {
  const result = draw.result()
  if (isRule(result)) return Array.from(evaluateRule(result).data)
  return Array.isArray(result) ? result : [result]
}

/** The drawn item: the result itself when it is one of the items, otherwise the item at that index. */
function pick<T>(items: readonly T[], value: unknown, draw: Draw): T {
  const found = items.find((item) => isDeepStrictEqual(item, value))
  if (found !== undefined) return found
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < items.length) {
    if (items.every((item) => typeof item !== 'number')) return items[value]
  }
  throw new Error(`${describe(draw)}: ${JSON.stringify(value)} is not among the ${items.length} items to draw from`)
}

function describe(draw: Draw): string {
  return `${draw.call}(${(draw.args ?? [])
    .map((value) => JSON.stringify(value))
    .join(', ')
    .slice(0, 80)})`
}

/** A list of calls, lists of such lists, `{steps}`, or `{name with {k}, rule, count}`, as one list of calls. */
function expand(draws: unknown): Draw[] {
  if (draws === undefined || draws === null) return []
  if (Array.isArray(draws)) return draws.flatMap(expand)
  const form = draws as Record<string, unknown>
  if ('steps' in form) return expand(form.steps)
  if ('result' in form) {
    const { call, args, result } = form
    return [{ call: call as string, args: args as unknown[] | undefined, result: () => result }]
  }
  if ('name' in form && 'count' in form) {
    return Array.from({ length: form.count as number }, (_, k) => ({
      call: form.call as string,
      result(shape?: readonly number[]) {
        if (shape === undefined) throw new Error(`draw ${k} of ${form.name} needs the shape that is asked for`)
        return { [form.rule as string]: fillTemplate(form.name as string, { k }), shape }
      },
    }))
  }
  throw new Error(`not a list of draws: ${JSON.stringify(draws).slice(0, 120)}`)
}
