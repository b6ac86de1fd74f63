import { defaultLimits, PickleBudget, type PickleLimits } from './budget.ts'
import { finishPickle } from './finish.ts'
import { PickleInput } from './input.ts'
import { PickleMachine } from './machine.ts'
import type { PickleCall, PickleGlobals, PickleValue } from './values.ts'

export interface PickleOptions {
  /** Name of the file, for messages. */
  readonly where?: string
  /** What the pickle may refer to by name; anything else is refused. Default: nothing. */
  readonly globals?: PickleGlobals
  /** The value of a persistent identifier; without it, identifiers are refused. */
  readonly persistent?: (id: PickleValue, call: PickleCall) => PickleValue
  /** Default: what a file of this size may take. */
  readonly limits?: Partial<PickleLimits>
}

/**
 * Reads a pickle of protocol 0 to 5 as plain data: nothing in it is ever run. Names are looked up in `globals`, whose
 * constructors are code of this package; a name that is not there, a circle, a key that stands twice, or values that
 * would take far more memory than the file are refused.
 *
 * Strings of Python 2 are text when they are ASCII, else bytes. Bytes are views of `bytes`.
 *
 * @throws OssatureError naming `where` and the byte
 */
export function readPickle(bytes: Uint8Array, options: PickleOptions = {}): PickleValue {
  const { value, end } = readPickleAt(bytes, 0, options)
  if (end !== bytes.length) {
    const input = new PickleInput(bytes, end, options.where ?? 'pickle')
    throw input.damaged('nothing after the value', `${bytes.length - end} bytes`, end)
  }
  return value
}

/** Reads a pickle that begins at byte `start`; `end` is the first byte behind it. See `readPickle`. */
export function readPickleAt(
  bytes: Uint8Array,
  start: number,
  options: PickleOptions = {},
): { value: PickleValue; end: number } {
  const { where = 'pickle', globals = new Map(), persistent } = options
  const limits = { ...defaultLimits(bytes.length), ...options.limits }
  const input = new PickleInput(bytes, start, where)
  const machine = new PickleMachine(input, new PickleBudget(limits, where), globals, persistent)
  const value = finishPickle(machine.run(), limits.depth, (text) => machine.decode(text), where)
  return { value, end: input.position }
}
