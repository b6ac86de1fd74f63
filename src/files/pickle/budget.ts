import { OssatureError } from '../../errors.ts'

/** Bounds against pickles that are made to exhaust memory or the stack. */
export interface PickleLimits {
  /** Bytes of memory that the values may take beside the file. */
  readonly memory: number
  /** Bytes of all tensors and arrays together, each counted as often as it is viewed. */
  readonly elements: number
  /** Containers in each other. */
  readonly depth: number
}

const ALLOWANCE = 64 * 2 ** 20

/** What the values of a file of this size may take: as much as the file, and 64 MiB. */
export function defaultLimits(fileBytes: number): PickleLimits {
  return { memory: fileBytes + ALLOWANCE, elements: 2 * fileBytes + ALLOWANCE, depth: 500 }
}

/** Bytes that values take in a 64-bit JavaScript engine, rounded up: objects, their first room for elements, growth. */
export const COST = {
  slot: 44,
  number: 28,
  text: 48,
  bytes: 200,
  list: 300,
  element: 12,
  tuple: 140,
  dictionary: 350,
  entry: 72,
  object: 300,
  memo: 72,
} as const

/** Counts what is used against the limits. */
export class PickleBudget {
  private memory = 0
  private elements = 0
  private readonly limits: PickleLimits
  private readonly where: string

  constructor(limits: PickleLimits, where: string) {
    this.limits = limits
    this.where = where
  }

  use(bytes: number, at: number): void {
    this.memory += bytes
    if (this.memory > this.limits.memory) throw this.exceeded('values', this.limits.memory, at)
  }

  useElements(bytes: number, at: number): void {
    this.elements += bytes
    if (!(this.elements <= this.limits.elements)) throw this.exceeded('tensors', this.limits.elements, at)
  }

  private exceeded(what: string, most: number, at: number): OssatureError {
    return new OssatureError(`the ${what} of this pickle would take too much memory for its size`, {
      where: `${this.where}, byte ${at}`,
      expected: `at most ${Math.round(most / 2 ** 20)} MiB`,
      found: 'more',
      hint: 'A file of this size does not need so much: it is damaged, or made to do harm.',
    })
  }
}
