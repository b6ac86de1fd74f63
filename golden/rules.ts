import { parameterValues, uniformValues } from './fill.ts'
import { flattenNested } from './nested.ts'
import { commonPrecision, convert, elementCount, elementwise, makeArray, type NumberArray } from './number-array.ts'
import { applyStep, type Step } from './steps.ts'

type Rule = Readonly<Record<string, unknown>>

/**
 * The array that an input rule describes (fixtures' README, section 2): an object with one of the rules and an optional
 * `then` list, or a number or nested list as it stands.
 */
export function evaluateRule(rule: unknown): NumberArray {
  if (rule === null || typeof rule === 'number' || typeof rule === 'boolean' || Array.isArray(rule)) {
    const { data, shape } = flattenNested(rule)
    if (shape === undefined) throw new Error('a nested list of uneven lengths is no array')
    return makeArray(data, shape, 'given')
  }
  if (typeof rule !== 'object') throw new Error(`not an input rule: ${JSON.stringify(rule)}`)
  const fields = rule as Rule
  const steps = (fields.then ?? []) as Step[]
  return steps.reduce((array, step) => applyStep(array, step, evaluateRule), evaluateBase(fields))
}

function evaluateBase(rule: Rule): NumberArray {
  const shape = rule.shape as number[]
  if ('signal' in rule) return signal(rule.signal as string, shape, (rule.scale as number | undefined) ?? 1)
  if ('uniform' in rule)
    return { data: uniformValues(rule.uniform as string, elementCount(shape)), shape, precision: 'float64' }
  if ('parameter' in rule)
    return { data: parameterValues(rule.parameter as string, shape), shape, precision: 'float32' }
  if (typeof rule.labels === 'string') return labels(rule)
  if ('one_hot' in rule) return oneHot(evaluateRule(rule.one_hot), rule.classes as number)
  if ('constant' in rule)
    return makeArray(new Float64Array(elementCount(shape)).fill(rule.constant as number), shape, 'float32')
  if ('range' in rule)
    return makeArray(
      Float64Array.from({ length: elementCount(shape) }, (_, i) => i),
      shape,
      'float32',
    )
  if ('rows' in rule) return rowsAt(evaluateRule(rule.rows), evaluateRule(rule.at))
  if ('sum' in rule) return combine(rule.sum as unknown[], (x, y) => x + y)
  if ('product' in rule) return combine(rule.product as unknown[], (x, y) => x * y)
  if ('values' in rule) return given(rule)
  throw new Error(`no input rule among the keys ${Object.keys(rule).join(', ')}`)
}

function signal(name: string, shape: readonly number[], scale: number): NumberArray {
  const u = uniformValues(name, elementCount(shape))
  return { data: Float32Array.from(u, (value) => (2 * value - 1) * scale), shape, precision: 'float32' }
}

function labels(rule: Rule): NumberArray {
  const classes = rule.classes as number
  const shape = (rule.shape as number[] | undefined) ?? [rule.n as number]
  const data = uniformValues(rule.labels as string, elementCount(shape)).map((u) => Math.floor(u * classes))
  const listed = rule.values === undefined ? undefined : flattenNested(rule.values).data
  if (listed !== undefined && (listed.length !== data.length || listed.some((value, i) => value !== data[i])))
    throw new Error(`the labels of ${rule.labels} differ from the list beside the rule`)
  return { data, shape, precision: 'int64' }
}

function oneHot(indices: NumberArray, classes: number): NumberArray {
  const data = new Float32Array(indices.data.length * classes)
  indices.data.forEach((index: number, row: number) => {
    data[row * classes + index] = 1
  })
  return { data, shape: [...indices.shape, classes], precision: 'float32' }
}

function rowsAt(array: NumberArray, at: NumberArray): NumberArray {
  const rowShape = array.shape.slice(1)
  const size = elementCount(rowShape)
  const data = new Float64Array(at.data.length * size)
  at.data.forEach((row: number, i: number) => {
    if (row < 0 || row >= array.shape[0]) throw new Error(`row ${row} of an array of ${array.shape[0]} rows`)
    data.set(array.data.subarray(row * size, (row + 1) * size), i * size)
  })
  return makeArray(data, [...at.shape, ...rowShape], array.precision)
}

function combine(rules: readonly unknown[], operation: (x: number, y: number) => number): NumberArray {
  return rules
    .map(evaluateRule)
    .reduce((a, b) => elementwise(a, b, commonPrecision(a.precision, b.precision), operation))
}

function given(rule: Rule): NumberArray {
  const { data, shape } = flattenNested(rule.values)
  const wanted = (rule.shape as number[] | undefined) ?? shape
  if (wanted === undefined || elementCount(wanted) !== data.length)
    throw new Error(`${data.length} values do not fill the shape [${wanted}]`)
  return convert({ data, shape: wanted, precision: 'given' }, 'given')
}
