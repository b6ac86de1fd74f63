/**
 * Random numbers inside a graph: a function of the seed, the number of the step and the place of the call, nothing else.
 *
 * `RandomState` holds seed and step; the first call in a graph makes every run count the step up. Calls take a stream
 * each, numbered as they are traced. The elements of a result fill a grid. A strong hash of seed, step, stream and index
 * gives every row two words a, c and every column three words b, d, e, at next to no cost; the word of an element is
 * ((a + b) c + d) (a + b) + e modulo 2^32, five passes over memory. Its upper bits depend on all bits of the five words
 * and its lower bits on fewer. So a comparison takes it as it is, and a number first adds the upper half to the lower one.
 *
 * All of it is sums, products and quotients of int32 that wrap around: CPU, WebAssembly and WebGPU have them and agree in
 * every bit. A division, which cuts towards zero, stands where a hash usually has a shift.
 */

import { type Shape, shapeError, sizeOf, type Tensor } from '../tensor.ts'
import { assign, randomState, readBeforeStep } from '../trace.ts'
import { add, divide, multiply, subtract } from './arithmetic.ts'
import { cast } from './cast.ts'
import { less } from './comparison.ts'
import { constant, full } from './constant.ts'
import { cos, log, sin, sqrt } from './elementwise.ts'
import { concat, flatten, reshape, slice, split } from './layout.ts'

/** Fractional digits of pi, first of a hash that is a word each for a, c, b, d, e. */
const ORIGINS = Int32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822)
/** 2^32 over the golden ratio, as an odd number: neighbouring indices lie far apart. */
const STRIDE = 0x9e3779b1
/** The hash of 0 is not 0. */
const INCREMENT = 0x7f4a7c15
/** An odd number with irregular digits. */
const FACTOR = 0x7feb352d

const HALF = 2 ** 16
const RESOLUTION = 2 ** -24

/**
 * Numbers uniform in [low, high), in steps of a 2^24th of the range: in [0, 1) the same on every device, in other ranges
 * rounded, so that `high` itself may occur.
 */
export function uniform(shape: Shape, low = 0, high = 1): Tensor {
  const numbers = centredWords(sizeOf(shape))
  return reshape(add(multiply(numbers, (high - low) * RESOLUTION), (low + high) / 2), shape)
}

/**
 * Normally distributed numbers, within 5.8 deviations, by Box and Muller's method: the same on every run, and on every
 * device up to the precision of its logarithm and sine (WebGPU allows a sine an error of 2^-11).
 */
export function normal(shape: Shape, mean = 0, deviation = 1): Tensor {
  const count = sizeOf(shape)
  const pairs = Math.ceil(count / 2)
  const [first, second] = split(centredWords(2 * pairs), 0, [pairs, pairs])
  const radius = sqrt(multiply(log(subtract(0.5, multiply(first, RESOLUTION))), -2 * deviation ** 2))
  const angle = multiply(second, 2 * Math.PI * RESOLUTION)
  const both = concat([multiply(radius, cos(angle)), multiply(radius, sin(angle))], 0)
  const values = reshape(slice(both, 0, 0, count), shape)
  return mean === 0 ? values : add(values, mean)
}

/** 1 with this probability (to 2^-32), else 0; the same on every device. */
export function bernoulli(shape: Shape, probability: number): Tensor {
  if (!(probability >= 0 && probability <= 1)) {
    throw shapeError('bernoulli', [{ dtype: 'f32', shape }], `a probability from 0 to 1, not ${probability}`)
  }
  const favourable = Math.round(probability * 2 ** 32)
  if (favourable === 0 || favourable === 2 ** 32) return full(shape, favourable === 0 ? 0 : 1)
  return cast(reshape(less(words(sizeOf(shape)), favourable - 2 ** 31), shape), 'f32')
}

/** Whole numbers from -2^23 to 2^23 - 1 as floats; 0 is twice as likely as any other, the lowest nearly impossible. */
function centredWords(count: number): Tensor {
  const drawn = words(count)
  return cast(divide(multiply(foldUpperHalf(drawn), FACTOR), 2 ** 8), 'f32')
}

/** One int32 per element, with random upper bits. */
function words(count: number): Tensor {
  const [rows, columns] = gridOf(count)
  const [forRows, forColumns] = split(nextStream(), 0, [2, 3])
  const [a, c] = split(indexed(forRows, rows), 0, [1, 1]).map((t) => reshape(t, [rows, 1]))
  const [b, d, e] = split(indexed(forColumns, columns), 0, [1, 1, 1])
  const base = add(a, b)
  const grid = add(multiply(add(multiply(base, c), d), base), e)
  const unused = rows * columns - count
  // Not a slice: WebGPU slices floats only.
  return split(flatten(grid), 0, unused === 0 ? [count] : [count, unused])[0]
}

/** A grid of about as many rows as columns with at least that many places; exactly as many where a divisor allows it. */
function gridOf(count: number): [number, number] {
  const side = Math.max(1, Math.floor(Math.sqrt(count)))
  for (let rows = side; rows > side / 16; rows--) if (count % rows === 0) return [rows, count / rows]
  return [side, Math.ceil(count / side)]
}

/** Hash of every word of a stream (n) with the indices below `count`: (n, count). */
function indexed(stream: Tensor, count: number): Tensor {
  const indices = Int32Array.from({ length: count }, (_, i) => Math.imul(i, STRIDE))
  return mix(add(reshape(stream, [stream.shape[0], 1]), constant(indices, [count])))
}

/** The words of the steps that graphs being traced have, and how many streams were taken of each. */
const steps = new WeakMap<Tensor, { readonly words: Tensor; streams: number }>()

/** Five words (a, c, b, d, e) for the next call in the graph that is being traced. */
function nextStream(): Tensor {
  const state = readBeforeStep(randomState())
  let step = steps.get(state)
  if (!step) {
    step = { words: beginStep(state), streams: 0 }
    steps.set(state, step)
  }
  return mix(add(step.words, step.streams++))
}

/** Five words for the step, whose number the state counts up. */
function beginStep(state: Tensor): Tensor {
  const halves = split(cast(state, 'i32'), 0, [1, 1, 1, 1, 1, 1])
  const [low, high] = halves.slice(4)
  const counted = add(low, 1)
  const carry = divide(counted, HALF)
  const next = concat([subtract(counted, multiply(carry, HALF)), add(high, carry)], 0)
  assign(randomState(), concat([slice(state, 0, 0, 4), cast(next, 'f32')], 0))
  return [0, 2, 4].reduce<Tensor>(
    (hash, i) => mix(add(hash, add(halves[i], multiply(halves[i + 1], HALF)))),
    constant(ORIGINS, [ORIGINS.length]),
  )
}

/**
 * A hash of 32 bits: every bit of x changes every bit of the result with even odds. Multiplication carries bits upwards
 * only, so the upper half is added to the lower one in between. x (2x + 1) is a permutation (as in the cipher RC6);
 * without a square everything here would be linear but for carries.
 */
function mix(x: Tensor): Tensor {
  let mixed = foldUpperHalf(x)
  for (let round = 0; round < 2; round++) {
    mixed = foldUpperHalf(add(multiply(mixed, add(multiply(mixed, 2), 1)), INCREMENT))
  }
  return mixed
}

function foldUpperHalf(x: Tensor): Tensor {
  return add(x, divide(x, HALF))
}
