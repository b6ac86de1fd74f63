import { OssatureError } from '../../errors.ts'
import { COST } from './budget.ts'
import { OPCODE } from './opcodes.ts'
import type { PickleState, PickleStep } from './state.ts'
import { describeValue, PickleGlobal, PickleObject, PickleTuple, type PickleValue } from './values.ts'

/** Opcodes that refer to what was read before, to names, and to what lies outside of the pickle. */
export const REFERENCE_STEPS: ReadonlyMap<number, PickleStep> = new Map<number, PickleStep>([
  [OPCODE.PUT, (state) => remember(state, lineNumber(state))],
  [OPCODE.BINPUT, (state) => remember(state, state.input.byte())],
  [OPCODE.LONG_BINPUT, (state) => remember(state, state.input.uint32())],
  [OPCODE.MEMOIZE, (state) => remember(state, state.memo.size)],
  [OPCODE.GET, (state) => recall(state, lineNumber(state))],
  [OPCODE.BINGET, (state) => recall(state, state.input.byte())],
  [OPCODE.LONG_BINGET, (state) => recall(state, state.input.uint32())],
  [OPCODE.GLOBAL, (state) => lookUp(state, state.input.asciiLine(), state.input.asciiLine())],
  [OPCODE.STACK_GLOBAL, lookUpFromStack],
  [OPCODE.REDUCE, call],
  [OPCODE.NEWOBJ, call],
  [OPCODE.BUILD, build],
  [OPCODE.PERSID, (state) => outside(state, state.input.asciiLine())],
  [OPCODE.BINPERSID, (state) => outside(state, state.stack.pop())],
])

function remember(state: PickleState, index: number): void {
  if (!state.memo.has(index)) state.use(COST.memo)
  state.memo.set(index, state.stack.top())
}

function recall(state: PickleState, index: number): void {
  const value = state.memo.get(index)
  if (value === undefined) throw state.refused('a value that was remembered before', `number ${index}`)
  state.stack.push(value)
}

function lineNumber(state: PickleState): number {
  const line = state.input.asciiLine()
  if (!/^\d{1,10}$/.test(line)) throw state.refused('a number', describeValue(line))
  return Number(line)
}

function lookUpFromStack(state: PickleState): void {
  const [module, name] = state.stack.popMany(2)
  if (typeof module !== 'string' || typeof name !== 'string') {
    throw state.refused('a module and a name', `${describeValue(module)} and ${describeValue(name)}`)
  }
  lookUp(state, module, name)
}

function lookUp(state: PickleState, module: string, name: string): void {
  const full = `${module}.${name}`
  const value = name.includes('.') ? undefined : state.globals.get(full)
  if (value === undefined) {
    throw new OssatureError(`this pickle refers to ${describeValue(full)}, which is not allowed`, {
      where: state.place(),
      expected: 'names that stand for plain data',
      found: describeValue(full),
      hint: 'Nothing in the file was run. Save plain data in Python: a state dict, numbers, text.',
    })
  }
  state.stack.push(value)
}

function call(state: PickleState): void {
  const [callee, args] = state.stack.popMany(2)
  if (!(callee instanceof PickleGlobal) || !callee.call) {
    throw state.refused('a name that can be called', describeValue(callee))
  }
  if (!(args instanceof PickleTuple)) throw state.refused('a tuple of arguments', describeValue(args))
  state.use(COST.object)
  state.stack.push(callee.call(args, state))
}

/** Attributes that Python keeps on a dictionary (`_metadata` of a state dict) are of no use here. */
function build(state: PickleState): void {
  const given = state.stack.pop()
  const object = state.stack.top()
  if (object instanceof PickleObject) object.setState(given, state)
  else if (!(object instanceof Map && given instanceof Map)) {
    throw state.refused('an object that takes a state', `${describeValue(object)} and ${describeValue(given)}`)
  }
}

function outside(state: PickleState, id: PickleValue): void {
  if (!state.persistent) throw state.refused('all values inside the pickle', 'a persistent identifier')
  state.use(COST.object)
  state.stack.push(state.persistent(id, state))
}
