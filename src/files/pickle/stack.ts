import { COST } from './budget.ts'
import type { PickleCall, PickleValue } from './values.ts'

/** The values that opcodes work on, divided by marks: nothing below the last mark can be reached. */
export class PickleStack {
  private values: PickleValue[] = []
  private readonly marks: number[] = []
  private floor = 0
  /** How high stack and marks have been; memory is counted when they grow. */
  private highest = 0
  private readonly call: PickleCall

  constructor(call: PickleCall) {
    this.call = call
  }

  push(value: PickleValue): void {
    this.values.push(value)
    this.grow()
  }

  mark(): void {
    this.marks.push(this.floor)
    this.floor = this.values.length
    this.grow()
  }

  top(): PickleValue {
    this.require(1)
    return this.values[this.values.length - 1]
  }

  pop(): PickleValue {
    this.require(1)
    return this.values.pop() as PickleValue
  }

  popMany(count: number): PickleValue[] {
    this.require(count)
    return this.values.splice(this.values.length - count)
  }

  /** The values above the last mark, which is removed. */
  popToMark(): PickleValue[] {
    const below = this.marks.pop()
    if (below === undefined) throw this.call.refused('a mark', 'none')
    const values = this.values.splice(this.floor)
    this.floor = below
    return values
  }

  /** Removes the topmost value, or the mark where that is on top. */
  drop(): void {
    if (this.values.length === this.floor && this.marks.length > 0) this.popToMark()
    else this.pop()
  }

  /** The one value that is left at the end. */
  only(): PickleValue {
    if (this.values.length !== 1 || this.marks.length > 0) {
      throw this.call.refused('one value at the end', `${this.values.length} values and ${this.marks.length} marks`)
    }
    return this.values[0]
  }

  private require(count: number): void {
    const found = this.values.length - this.floor
    if (found < count) throw this.call.refused(`${count} values`, `${found}`)
  }

  private grow(): void {
    const height = this.values.length + this.marks.length
    if (height <= this.highest) return
    this.highest = height
    this.call.use(COST.slot)
  }
}
