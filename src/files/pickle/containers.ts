import { COST } from './budget.ts'
import { describeValue, type PickleCall, PickleText, PickleTuple, type PickleValue } from './values.ts'

export function newTuple(values: readonly PickleValue[], call: PickleCall): PickleTuple {
  call.use(COST.tuple + COST.element * values.length)
  return PickleTuple.from(values) as PickleTuple
}

export function newList(values: readonly PickleValue[], call: PickleCall): PickleValue[] {
  call.use(COST.list + COST.element * values.length)
  return [...values]
}

export function newDictionary(call: PickleCall): Map<PickleValue, PickleValue> {
  call.use(COST.dictionary)
  return new Map()
}

export function newSet(values: readonly PickleValue[], call: PickleCall): Set<PickleValue> {
  call.use(COST.dictionary)
  const set = new Set<PickleValue>()
  addToSet(set, values, call)
  return set
}

/** @throws OssatureError when `list` is not a list */
export function extendList(list: PickleValue, values: readonly PickleValue[], call: PickleCall): void {
  if (!Array.isArray(list) || list instanceof PickleTuple) throw call.refused('a list', describeValue(list))
  call.use(COST.element * values.length)
  for (const value of values) list.push(value)
}

/** Puts in key, value, key, value ... @throws OssatureError when a key stands twice or `dictionary` is none */
export function insertPairs(dictionary: PickleValue, pairs: readonly PickleValue[], call: PickleCall): void {
  if (!(dictionary instanceof Map)) throw call.refused('a dictionary', describeValue(dictionary))
  if (pairs.length % 2 === 1) throw call.refused('keys and values in pairs', `${pairs.length} values`)
  call.use((COST.entry * pairs.length) / 2)
  for (let i = 0; i < pairs.length; i += 2) {
    const key = keyOf(pairs[i], call)
    if (dictionary.has(key)) throw call.refused('every key once', `${describeValue(key)} twice`)
    dictionary.set(key, pairs[i + 1])
  }
}

/** @throws OssatureError when `set` is not a set or a value cannot be in one */
export function addToSet(set: PickleValue, values: readonly PickleValue[], call: PickleCall): void {
  if (!(set instanceof Set)) throw call.refused('a set', describeValue(set))
  call.use(COST.entry * values.length)
  for (const value of values) set.add(keyOf(value, call))
}

/** Keys that compare by their value, and tuples. */
function keyOf(value: PickleValue, call: PickleCall): PickleValue {
  if (value instanceof PickleText) return call.text(value)
  const simple = value === null || typeof value !== 'object' || value instanceof PickleTuple
  if (!simple) throw call.refused('text, a number, None or a tuple as key', describeValue(value))
  return value
}
