/** Numbers of a nested list, row-major; `shape` is undefined when the lengths are uneven. */
export interface Flattened {
  readonly data: Float64Array
  readonly shape: number[] | undefined
}

/** Flattens a number or nested list of numbers (typed arrays count as lists); null is NaN, booleans are 0 and 1. */
export function flattenNested(value: unknown): Flattened {
  const data: number[] = []
  const shape = collect(value, data)
  return { data: Float64Array.from(data), shape }
}

function collect(value: unknown, data: number[]): number[] | undefined {
  if (value === null) return push(data, Number.NaN)
  if (typeof value === 'number') return push(data, value)
  if (typeof value === 'boolean') return push(data, value ? 1 : 0)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const list = value as unknown as ArrayLike<number>
    for (let i = 0; i < list.length; i++) data.push(Number(list[i]))
    return [list.length]
  }
  if (!Array.isArray(value)) throw new Error(`not a number or a list of numbers: ${describe(value)}`)
  let shape: number[] | undefined
  let even = true
  value.forEach((item, i) => {
    const inner = collect(item, data)
    if (inner === undefined || (i > 0 && String(inner) !== String(shape))) even = false
    else if (i === 0) shape = inner
  })
  return even ? [value.length, ...(shape ?? [])] : undefined
}

function push(data: number[], value: number): number[] {
  data.push(value)
  return []
}

function describe(value: unknown): string {
  return typeof value === 'object'
    ? `object with keys ${Object.keys(value as object).join(', ')}`
    : JSON.stringify(value)
}
