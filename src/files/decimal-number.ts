/** No two parts of the pattern can match the same digits, so that long text of digits is refused at once. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number that a text in decimal notation means (`-1.5e3`); NaN for any other text, also where `Number` takes it. */
export function decimalNumber(text: string): number {
  return DECIMAL.test(text) ? Number(text) : Number.NaN
}
