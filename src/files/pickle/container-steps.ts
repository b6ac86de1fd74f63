import { addToSet, extendList, insertPairs, newDictionary, newList, newSet, newTuple } from './containers.ts'
import { OPCODE } from './opcodes.ts'
import type { PickleState, PickleStep } from './state.ts'
import type { PickleValue } from './values.ts'

/** Opcodes that order the stack and make tuples, lists, dictionaries and sets. */
export const CONTAINER_STEPS: ReadonlyMap<number, PickleStep> = new Map<number, PickleStep>([
  [OPCODE.PROTO, checkProtocol],
  [OPCODE.FRAME, checkFrame],
  [OPCODE.MARK, ({ stack }) => stack.mark()],
  [OPCODE.POP, ({ stack }) => stack.drop()],
  [OPCODE.POP_MARK, ({ stack }) => void stack.popToMark()],
  [OPCODE.DUP, ({ stack }) => stack.push(stack.top())],
  [OPCODE.EMPTY_TUPLE, (state) => state.stack.push(newTuple([], state))],
  [OPCODE.TUPLE1, (state) => state.stack.push(newTuple(state.stack.popMany(1), state))],
  [OPCODE.TUPLE2, (state) => state.stack.push(newTuple(state.stack.popMany(2), state))],
  [OPCODE.TUPLE3, (state) => state.stack.push(newTuple(state.stack.popMany(3), state))],
  [OPCODE.TUPLE, (state) => state.stack.push(newTuple(state.stack.popToMark(), state))],
  [OPCODE.EMPTY_LIST, (state) => state.stack.push(newList([], state))],
  [OPCODE.LIST, (state) => state.stack.push(newList(state.stack.popToMark(), state))],
  [OPCODE.APPEND, (state) => onTop(state, state.stack.popMany(1), extendList)],
  [OPCODE.APPENDS, (state) => onTop(state, state.stack.popToMark(), extendList)],
  [OPCODE.EMPTY_DICT, (state) => state.stack.push(newDictionary(state))],
  [OPCODE.DICT, makeDictionary],
  [OPCODE.SETITEM, (state) => onTop(state, state.stack.popMany(2), insertPairs)],
  [OPCODE.SETITEMS, (state) => onTop(state, state.stack.popToMark(), insertPairs)],
  [OPCODE.EMPTY_SET, (state) => state.stack.push(newSet([], state))],
  [OPCODE.FROZENSET, (state) => state.stack.push(newSet(state.stack.popToMark(), state))],
  [OPCODE.ADDITEMS, (state) => onTop(state, state.stack.popToMark(), addToSet)],
])

/** Puts values into the container that is on top of the stack once they are taken from it. */
function onTop(
  state: PickleState,
  values: readonly PickleValue[],
  put: (container: PickleValue, values: readonly PickleValue[], state: PickleState) => void,
): void {
  put(state.stack.top(), values, state)
}

function makeDictionary(state: PickleState): void {
  const pairs = state.stack.popToMark()
  const dictionary = newDictionary(state)
  insertPairs(dictionary, pairs, state)
  state.stack.push(dictionary)
}

function checkProtocol(state: PickleState): void {
  const protocol = state.input.byte()
  if (protocol > 5) throw state.refused('protocol 0 to 5', `protocol ${protocol}`)
}

function checkFrame(state: PickleState): void {
  const { input } = state
  const length = input.uint64()
  const left = input.bytes.length - input.position
  if (length > left) throw state.refused(`a frame of at most ${left} bytes`, `${length} bytes`)
}
