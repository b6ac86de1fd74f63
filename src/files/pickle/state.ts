import type { PickleInput } from './input.ts'
import type { PickleStack } from './stack.ts'
import type { PickleCall, PickleGlobals, PickleValue } from './values.ts'

/** The value of a persistent identifier. */
export type PersistentLoad = (id: PickleValue, call: PickleCall) => PickleValue

/** What the opcodes of a pickle work on. */
export interface PickleState extends PickleCall {
  readonly input: PickleInput
  readonly stack: PickleStack
  readonly memo: Map<number, PickleValue>
  readonly globals: PickleGlobals
  readonly persistent: PersistentLoad | undefined
  /** `where` of an error about the present opcode. */
  place(): string
}

/** What one opcode does. */
export type PickleStep = (state: PickleState) => void
