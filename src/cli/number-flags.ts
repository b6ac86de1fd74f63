import { InvalidArgumentError } from 'commander'

/** The value of a flag that is a whole number from `least`. */
export function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    const value = numberIn(text)
    if (Number.isInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`a whole number from ${least} is needed`)
  }
}

/** The value of a flag that is a number from `least`. */
export function numberFrom(least: number): (text: string) => number {
  return (text) => {
    const value = numberIn(text)
    if (Number.isFinite(value) && value >= least) return value
    throw new InvalidArgumentError(`a number from ${least} is needed`)
  }
}

/** The value of a flag that is a number above 0. */
export function positiveNumber(text: string): number {
  const value = numberIn(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('a number above 0 is needed')
}

/** NaN where there is none: `Number` takes the empty text for 0. */
function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
