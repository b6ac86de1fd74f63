import { InvalidArgumentError } from 'commander'

/** An option that is a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('a number above 0 is needed')
  return value
}
