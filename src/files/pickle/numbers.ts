import { decimalNumber } from '../decimal-number.ts'

/** Python itself reads no longer decimals. */
const MAX_DIGITS = 4300

/** An integer in decimal, as text; undefined for anything else. */
export function fromDecimal(text: string): number | bigint | undefined {
  if (!/^\s*[-+]?\d+\s*$/.test(text) || text.length > MAX_DIGITS) return undefined
  return narrowed(BigInt(text.trim().replace(/^\+/, '')))
}

/** A floating-point number as Python prints it; undefined for anything else. */
export function fromFloatText(text: string): number | undefined {
  const value = decimalNumber(text)
  if (!Number.isNaN(value)) return value
  const named = /^([-+]?)(nan|inf|infinity)$/i.exec(text)
  if (!named) return undefined
  if (named[2].toLowerCase() === 'nan') return Number.NaN
  return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** An integer in two's complement, the lowest byte first. */
export function fromTwosComplement(bytes: Uint8Array): number | bigint {
  if (bytes.length === 0) return 0
  let hex = ''
  for (let i = bytes.length - 1; i >= 0; i--) hex += bytes[i].toString(16).padStart(2, '0')
  return narrowed(BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`)))
}

/** The integer as a number where that is exact. */
export function narrowed(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
