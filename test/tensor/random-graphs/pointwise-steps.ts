import * as t from '../../../src/tensor/index.ts'
import type { Step } from './source.ts'

/** Above zero, as a divisor or under a logarithm. */
const positive = (x: t.Tensor) => t.add(t.square(x), 0.5)

/** A function that has steps, beside one that has none. */
const beside =
  (compute: (x: t.Tensor) => t.Tensor): Step =>
  (s) => {
    const x = s.any()
    return t.add(t.multiply(x, 0.5), t.multiply(compute(t.multiply(x, 2.3)), 0.25))
  }

const unary =
  (compute: (x: t.Tensor) => t.Tensor): Step =>
  (s) =>
    compute(s.any())

const pair =
  (compute: (a: t.Tensor, b: t.Tensor) => t.Tensor): Step =>
  (s) => {
    const x = s.any()
    const y = s.partner(x)
    return s.chance(0.5) ? compute(x, y) : compute(y, x)
  }

export const POINTWISE_STEPS: Readonly<Record<string, Step>> = {
  add: pair(t.add),
  subtract: pair(t.subtract),
  multiply: pair((a, b) => t.multiply(a, t.sin(b))),
  multiplyBoth: pair((a, b) => t.multiply(t.tanh(a), t.tanh(b))),
  divide: pair((a, b) => t.divide(a, positive(b))),
  power: pair((a, b) => t.power(positive(t.tanh(a)), t.tanh(b))),
  powerOfConstant: (s) => t.power(s.bounded(), s.stream.choice([0, 1, 2, 3])),
  modulo: (s) => t.modulo(s.any(), s.stream.choice([0.7, -0.9])),
  moduloOfTensors: pair((a, b) => t.modulo(t.tanh(a), positive(t.tanh(b)))),
  maximum: pair(t.maximum),
  minimum: pair(t.minimum),
  atan2: pair((a, b) => t.atan2(a, positive(b))),
  prelu: (s) => {
    const x = s.shaped([s.whole(1, 3), s.whole(1, 4), s.whole(1, 3)])
    return t.prelu(x, s.shaped([s.chance(0.5) ? 1 : x.shape[1]]))
  },
  where: pair((a, b) => t.where(t.greater(a, b), t.sin(a), t.cos(b))),
  whereLogical: pair((a, b) => {
    const near = t.logicalAnd(t.lessOrEqual(a, 0.8), t.greaterOrEqual(b, -0.8))
    const odd = t.logicalXor(near, t.logicalOr(t.less(a, b), t.logicalNot(t.equal(t.floor(b), 0))))
    return t.where(t.logicalOr(odd, t.isNotANumber(a)), a, t.multiply(b, 0.5))
  }),

  negate: unary(t.negate),
  exp: (s) => t.exp(s.bounded()),
  log: unary((x) => t.log(positive(x))),
  sqrt: unary((x) => t.sqrt(positive(x))),
  reciprocal: unary((x) => t.reciprocal(positive(x))),
  sin: unary(t.sin),
  cos: unary(t.cos),
  asin: (s) => t.asin(t.multiply(s.bounded(), 0.8)),
  acos: (s) => t.acos(t.multiply(s.bounded(), 0.8)),
  atan: unary(t.atan),
  tanh: unary(t.tanh),
  sigmoid: unary(t.sigmoid),
  erf: unary(t.erf),
  absolute: unary(t.absolute),
  relu: unary(t.relu),
  leakyRelu: (s) => t.leakyRelu(s.any(), s.stream.uniform(-0.2, 0.4)),
  elu: (s) => t.elu(s.any(), s.stream.uniform(0.5, 1.5)),
  gelu: (s) => t.gelu(s.any(), { approximate: s.stream.choice(['none', 'tanh']) }),
  silu: unary(t.silu),
  softplus: unary(t.softplus),
  logSigmoid: unary(t.logSigmoid),
  hardSigmoid: (s) => t.hardSigmoid(t.multiply(s.any(), 2)),
  hardSwish: (s) => t.hardSwish(t.multiply(s.any(), 2)),
  clamp: (s) => t.clamp(s.any(), -0.6, s.stream.uniform(0, 0.9)),
  square: (s) => t.square(s.bounded()),
  sign: beside(t.sign),
  floor: beside(t.floor),
  ceil: beside(t.ceil),
  round: beside(t.round),
  cast: beside((x) => t.cast(t.cast(x, 'i32'), 'f32')),
  wide: beside((x) => t.cast(t.add(t.multiply(t.cast(x, 'i64'), 3), 1), 'f32')),
  truth: beside((x) => t.cast(t.cast(t.floor(x), 'bool'), 'f32')),
  integers: beside((x) => {
    const whole = t.cast(t.multiply(x, 5), 'i32')
    return t.multiply(t.cast(t.add(t.modulo(whole, 3), t.divide(whole, 2)), 'f32'), 0.2)
  }),
  stopGradient: (s) => {
    const x = s.any()
    return t.multiply(x, t.stopGradient(t.sigmoid(x)))
  },
}
