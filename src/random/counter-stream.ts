import { type Block, deriveKey, type Key, philox4x32 } from './philox.ts'
import { WordDraws } from './word-draws.ts'

/**
 * A counter-based stream (Philox4x32-10): its state is the seed and one number, so a stream is saved by its
 * `position` and repeats bit for bit on every machine.
 */
export class CounterStream extends WordDraws {
  /** Number of 32-bit words drawn so far; set it to return to a saved state. */
  position: number
  /** Tells this stream from others; a stream made from it draws the same. */
  readonly key: Key
  private blockIndex = -1
  private block: Block = [0, 0, 0, 0]

  /** @param seed a number, a bigint or a text, or a key of Philox as it is; different seeds give independent streams */
  constructor(seed: number | bigint | string | Key, position = 0) {
    super()
    this.key = typeof seed === 'object' ? seed : deriveKey([0, 0], [seed])
    this.position = position
  }

  /** An integer in [0, 2^32). */
  word(): number {
    const index = Math.floor(this.position / 4)
    if (index !== this.blockIndex) {
      this.block = philox4x32([index >>> 0, Math.floor(index / 2 ** 32), 0, 0], this.key)
      this.blockIndex = index
    }
    return this.block[this.position++ % 4]
  }

  /** Box-Muller; always four words, the second value of the pair is not kept. */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()))
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.unit())
  }

  fork(...labels: (string | number)[]): CounterStream {
    return new CounterStream(deriveKey(this.key, labels))
  }
}
