import type { OssatureError } from '../../errors.ts'
import type { PickleBudget } from './budget.ts'
import { CONTAINER_STEPS } from './container-steps.ts'
import type { PickleInput } from './input.ts'
import { OPCODE } from './opcodes.ts'
import { REFERENCE_STEPS } from './reference-steps.ts'
import { readScalar } from './scalars.ts'
import { PickleStack } from './stack.ts'
import type { PersistentLoad, PickleState, PickleStep } from './state.ts'
import { fromUtf8 } from './text.ts'
import { type PickleGlobals, PickleText, type PickleValue } from './values.ts'

/** Carries out the opcodes of one pickle (Lib/pickletools.py of CPython names and explains them). */
export class PickleMachine implements PickleState {
  readonly input: PickleInput
  readonly stack: PickleStack
  readonly memo = new Map<number, PickleValue>()
  readonly globals: PickleGlobals
  readonly persistent: PersistentLoad | undefined
  private readonly budget: PickleBudget
  /** Where the present opcode stands. */
  private at = 0

  constructor(
    input: PickleInput,
    budget: PickleBudget,
    globals: PickleGlobals,
    persistent: PersistentLoad | undefined,
  ) {
    this.input = input
    this.budget = budget
    this.globals = globals
    this.persistent = persistent
    this.stack = new PickleStack(this)
  }

  /** The value, up to and with the opcode STOP. */
  run(): PickleValue {
    for (;;) {
      this.at = this.input.position
      const opcode = this.input.byte()
      if (opcode === OPCODE.STOP) return this.stack.only()
      const scalar = readScalar(opcode, this.input, this)
      if (scalar !== undefined) this.stack.push(scalar)
      else this.stepOf(opcode)(this)
    }
  }

  use(bytes: number): void {
    this.budget.use(bytes, this.at)
  }

  useElements(bytes: number): void {
    this.budget.useElements(bytes, this.at)
  }

  text(value: PickleValue): string | null {
    if (typeof value === 'string') return value
    return value instanceof PickleText ? this.decode(value) : null
  }

  decode({ utf8 }: PickleText): string {
    this.use(2 * utf8.length)
    return fromUtf8(utf8)
  }

  refused(expected: string, found: string, hint?: string): OssatureError {
    return this.input.damaged(expected, found, this.at, hint)
  }

  place(): string {
    return `${this.input.where}, byte ${this.at}`
  }

  private stepOf(opcode: number): PickleStep {
    const step = CONTAINER_STEPS.get(opcode) ?? REFERENCE_STEPS.get(opcode)
    if (step) return step
    const code = `0x${opcode.toString(16).padStart(2, '0')}`
    throw this.refused('an opcode that plain data needs', `opcode ${code}`)
  }
}
