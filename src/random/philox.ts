/** One counter or result block of Philox: four 32-bit words. */
export type Block = readonly [number, number, number, number]
/** The key of Philox: two 32-bit words. */
export type Key = readonly [number, number]

const ROUNDS = 10

/**
 * Philox4x32-10: a bijection of 128-bit counters, one for each key. Salmon et al., "Parallel random numbers: as easy
 * as 1, 2, 3" (2011).
 */
export function philox4x32(counter: Block, key: Key): Block {
  let [c0, c1, c2, c3] = counter
  let [k0, k1] = key
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0)
    const low0 = Math.imul(0xd2511f53, c0)
    const high1 = multiplyHigh(0xcd9e8d57, c2)
    const low1 = Math.imul(0xcd9e8d57, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0]
}

/** The key that names: every word of the labels changes it, and the order of the labels matters. */
export function deriveKey(key: Key, labels: readonly (string | number | bigint)[]): Key {
  let derived = key
  for (const label of labels) {
    const text = `${typeof label === 'string' ? 'text' : 'number'}:${label}`
    const bytes = new TextEncoder().encode(text)
    const words = new Uint8Array(16 * Math.ceil((bytes.length + 4) / 16))
    words.set(bytes, 4)
    const view = new DataView(words.buffer)
    view.setUint32(0, bytes.length, true)
    for (let at = 0; at < words.length; at += 16) {
      const word = (i: number) => view.getUint32(at + 4 * i, true)
      const [first, second] = philox4x32([word(0), word(1), word(2), word(3)], derived)
      derived = [first, second]
    }
  }
  return derived
}

function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const middle = a1 * b0 + ((a0 * b0) >>> 16)
  const carry = (middle & 0xffff) + a0 * b1
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) | 0
}
