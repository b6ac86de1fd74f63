import { OssatureError } from '../../errors.ts'
import { PickleObject, PickleText, type PickleValue } from './values.ts'

/**
 * Decodes the long text in a value that was just read, and checks that its containers do not contain themselves and are
 * not deeper in each other than `depth`, so that whoever walks over it comes to an end.
 *
 * @throws OssatureError naming `where`
 */
export function finishPickle(
  root: PickleValue,
  depth: number,
  decode: (text: PickleText) => string,
  where: string,
): PickleValue {
  if (root instanceof PickleText) return decode(root)
  const texts = new Map<PickleText, string>()
  const finished = (value: PickleValue): PickleValue => {
    if (!(value instanceof PickleText)) return value
    let text = texts.get(value)
    if (text === undefined) {
      text = decode(value)
      texts.set(value, text)
    }
    return text
  }
  /** Containers in the deepest line below a value; 0 while it is being looked at. */
  const heights = new Map<PickleValue, number>()
  const open: { value: PickleValue; parts: Iterator<PickleValue>; height: number }[] = []
  const enter = (value: PickleValue) => {
    replaceText(value, finished)
    heights.set(value, 0)
    open.push({ value, parts: partsOf(value)[Symbol.iterator](), height: 1 })
    if (open.length > depth) throw tooDeep(depth, where)
  }
  if (isContainer(root)) enter(root)
  for (let last = open.at(-1); last; last = open.at(-1)) {
    const { value: part, done } = last.parts.next()
    if (done) {
      heights.set(last.value, last.height)
      open.pop()
      const above = open.at(-1)
      if (above) above.height = Math.max(above.height, last.height + 1)
    } else if (isContainer(part)) {
      const height = heights.get(part)
      if (height === 0) throw new OssatureError('a value of this pickle contains itself', { where })
      if (height === undefined) enter(part)
      else last.height = Math.max(last.height, height + 1)
      if (open.length - 1 + last.height > depth) throw tooDeep(depth, where)
    }
  }
  return root
}

function isContainer(value: PickleValue): boolean {
  return Array.isArray(value) || value instanceof Map || value instanceof Set || value instanceof PickleObject
}

function* partsOf(value: PickleValue): Generator<PickleValue> {
  if (value instanceof Map) {
    for (const [key, item] of value) {
      if (isContainer(key)) yield key
      yield item
    }
  } else if (value instanceof PickleObject) yield* value.parts()
  else if (Array.isArray(value) || value instanceof Set) yield* value
}

/** Keys and elements of sets are decoded while they are read. */
function replaceText(value: PickleValue, finished: (value: PickleValue) => PickleValue): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (value[i] instanceof PickleText) value[i] = finished(value[i])
  } else if (value instanceof Map) {
    for (const [key, item] of value) if (item instanceof PickleText) value.set(key, finished(item))
  }
}

function tooDeep(depth: number, where: string): OssatureError {
  return new OssatureError('the values of this pickle are too deep in each other', {
    where,
    expected: `at most ${depth} containers in each other`,
    found: 'more',
  })
}
