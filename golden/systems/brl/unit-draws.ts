import { DerivedDraws } from '../../../src/random/derived-draws.ts'
import type { Values } from '../../adapter.ts'

/** A stream whose numbers in [0, 1) are the elements of recorded arrays; an array is asked for when the first is drawn. */
export class UnitDraws extends DerivedDraws {
  private readonly nextArray: () => Values
  private elements: ArrayLike<number> = []
  private at = 0

  constructor(nextArray: () => Values) {
    super()
    this.nextArray = nextArray
  }

  unit(): number {
    if (this.at === this.elements.length) {
      this.elements = this.nextArray().data
      this.at = 0
    }
    return this.elements[this.at++]
  }

  integer(): number {
    throw new Error('an integer was drawn where the original draws numbers in [0, 1)')
  }

  normal(): number {
    throw new Error('a normal number was drawn where the original draws numbers in [0, 1)')
  }

  fork(): this {
    return this
  }
}
