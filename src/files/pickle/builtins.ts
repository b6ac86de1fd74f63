import { COST } from './budget.ts'
import { insertPairs, newDictionary, newList, newSet, newTuple } from './containers.ts'
import { latin1FromUtf8 } from './text.ts'
import {
  describeValue,
  globalsOf,
  type PickleCall,
  PickleGlobal,
  type PickleGlobals,
  PickleObject,
  PickleText,
  PickleTuple,
  type PickleValue,
} from './values.ts'

/** A complex number of Python. */
export class PickleComplex extends PickleObject {
  readonly real: number
  readonly imaginary: number

  constructor(real: number, imaginary: number) {
    super()
    this.real = real
    this.imaginary = imaginary
  }
}

/** Types of Python itself that are plain data. An OrderedDict, defaultdict or Counter is a Map as well. */
export const BUILTIN_GLOBALS: PickleGlobals = new Map([
  ...globalsOf(
    new PickleGlobal('collections.OrderedDict', dictionaryOf),
    new PickleGlobal('collections.Counter', dictionaryOf),
    new PickleGlobal('collections.defaultdict', defaultDictionary),
    new PickleGlobal('_codecs.encode', encode),
  ),
  ...['builtins', '__builtin__'].flatMap((module) => [
    ...globalsOf(
      new PickleGlobal(`${module}.set`, (args, call) => newSet(itemsOf(args, call), call)),
      new PickleGlobal(`${module}.frozenset`, (args, call) => newSet(itemsOf(args, call), call)),
      new PickleGlobal(`${module}.list`, (args, call) => newList(itemsOf(args, call), call)),
      new PickleGlobal(`${module}.tuple`, (args, call) => newTuple(itemsOf(args, call), call)),
      new PickleGlobal(`${module}.dict`, dictionaryOf),
      new PickleGlobal(`${module}.bytes`, bytesOf),
      new PickleGlobal(`${module}.bytearray`, bytesOf),
      new PickleGlobal(`${module}.complex`, complexOf),
      new PickleGlobal(`${module}.int`),
      new PickleGlobal(`${module}.float`),
      new PickleGlobal(`${module}.bool`),
      new PickleGlobal(`${module}.str`),
    ),
  ]),
])

/** The elements of the only argument, a list or tuple; none without an argument. */
function itemsOf(args: readonly PickleValue[], call: PickleCall): readonly PickleValue[] {
  if (args.length === 0) return []
  const [items] = args
  if (args.length > 1 || !Array.isArray(items)) throw call.refused('one list or tuple', describeValue(items))
  return items
}

/** From nothing, from another dictionary, or from a list of pairs. */
function dictionaryOf(args: readonly PickleValue[], call: PickleCall): PickleValue {
  const dictionary = newDictionary(call)
  if (args.length === 1 && args[0] instanceof Map) {
    insertPairs(dictionary, [...args[0]].flat(), call)
    return dictionary
  }
  for (const pair of itemsOf(args, call)) {
    if (!Array.isArray(pair) || pair.length !== 2) throw call.refused('pairs of key and value', describeValue(pair))
    insertPairs(dictionary, pair, call)
  }
  return dictionary
}

/** The default is of no use in data. */
function defaultDictionary(args: readonly PickleValue[], call: PickleCall): PickleValue {
  const [factory = null] = args
  if (args.length > 1 || !(factory === null || factory instanceof PickleGlobal)) {
    throw call.refused('a type as the default of a dictionary', describeValue(factory))
  }
  return newDictionary(call)
}

/** How protocols 0 to 2 write bytes: text, encoded as latin1. */
function encode([text, codec]: readonly PickleValue[], call: PickleCall): PickleValue {
  if (codec !== 'latin1') throw call.refused("the codec 'latin1'", describeValue(codec))
  const utf8 = text instanceof PickleText ? text.utf8 : typeof text === 'string' ? new TextEncoder().encode(text) : null
  if (!utf8) throw call.refused('text to encode', describeValue(text))
  call.use(COST.bytes + utf8.length)
  const bytes = latin1FromUtf8(utf8)
  if (!bytes) throw call.refused('characters below U+0100', 'others')
  return bytes
}

function bytesOf(args: readonly PickleValue[], call: PickleCall): PickleValue {
  const [value] = args
  if (args.length === 0) return new Uint8Array(0)
  if (args.length === 1 && value instanceof Uint8Array) return value
  if (args.length === 2) return encode(args, call)
  throw call.refused('bytes, or text with a codec', describeValue(value))
}

function complexOf(args: readonly PickleValue[], call: PickleCall): PickleValue {
  const [real, imaginary] = args
  if (args.length !== 2 || typeof real !== 'number' || typeof imaginary !== 'number') {
    throw call.refused('two numbers', describeValue(PickleTuple.from(args) as PickleTuple))
  }
  return new PickleComplex(real, imaginary)
}
