import type { Checker, Closeness, GoldenTest, Values } from '../adapter.ts'
import { expectedNumbers, isDigest, totals } from '../comparison/compare.ts'

type Path = readonly (string | number)[]

export interface GradientTolerance {
  /** Bound relative to the largest magnitude, for all gradients or by parameter name. */
  readonly relative: number | ((name: string) => number)
  /** Absolute bound that is accepted as well, per element. */
  readonly absolute?: number
}

/** A gradient whose L2 norm is below this part of the norm of all of them is taken for rounding noise. */
const tinyPart = 1e-6
/** Noise may be this large, in L2 norm, against the largest gradient. */
const noisePart = 1e-5

/**
 * Compares gradients by parameter name with the map at `path` (fixtures' README, section 6). Names in the list
 * `gradients_zero` beside the map, and gradients that are tiny against the others, are held to an absolute bound
 * instead. Names in `parameters_without_gradient` may have no gradient that is not zero.
 */
export function checkGradients(
  check: Checker,
  path: Path,
  gradients: ReadonlyMap<string, Values>,
  tolerance: GradientTolerance,
): void {
  const parent = path.slice(0, -1)
  const zero = new Set((check.use([...parent, 'gradients_zero']) as string[] | undefined) ?? [])
  const norms = new Map(check.keys(path).map((name) => [name, expectedNorm(check.use([...path, name]))]))
  const total = Math.hypot(...norms.values())
  const known = norms.size > 0 ? norms.values() : Array.from(gradients.values(), ({ data }) => totals(data).l2)
  const noise = noisePart * Math.max(0, ...known)
  for (const [name, norm] of norms) {
    const gradient = gradients.get(name)
    if (gradient === undefined) check.fail([...path, name], 'there is no gradient of that name')
    else if (zero.has(name) || norm < tinyPart * total) checkNoise(check, [...path, name], gradient, noise)
    else check.close([...path, name], gradient, closenessOf(tolerance, name))
  }
  for (const name of zero) {
    const gradient = gradients.get(name)
    if (gradient && !norms.has(name)) checkNoise(check, [...path, name], gradient, noise)
  }
  const without = (check.use([...parent, 'parameters_without_gradient']) as string[] | undefined) ?? []
  for (const name of without) {
    const gradient = gradients.get(name)
    if (gradient && totals(gradient.data).l2 !== 0)
      check.fail([...parent, 'parameters_without_gradient'], `${name} has a gradient that is not zero`)
  }
}

/** Compares the L2 norm of all gradients together with the number at `path`. */
export function checkGradientNorm(check: Checker, path: Path, gradients: ReadonlyMap<string, Values>): void {
  const norm = Math.hypot(...Array.from(gradients.values(), ({ data }) => totals(data).l2))
  check.close(path, norm, { relative: 1e-2 })
}

/** Compares buffers by name with the map at `path`, except the counts of batches, which nothing reads. */
export function checkBuffers(
  check: Checker,
  path: Path,
  buffers: ReadonlyMap<string, Values>,
  closeness: Closeness,
): void {
  for (const name of check.keys(path)) {
    const buffer = buffers.get(name)
    if (name.endsWith('num_batches_tracked')) check.use([...path, name])
    else if (buffer) check.close([...path, name], buffer, closeness)
    else check.fail([...path, name], 'there is no buffer of that name')
  }
}

function closenessOf({ relative, absolute }: GradientTolerance, name: string) {
  return { relative: typeof relative === 'number' ? relative : relative(name), absolute }
}

function checkNoise(check: Checker, path: Path, gradient: Values, bound: number): void {
  const expected = check.use(path)
  const shape = typeof expected === 'object' && expected !== null ? (expected as { shape?: number[] }).shape : undefined
  if (shape !== undefined && String(shape) !== String(gradient.shape))
    check.fail(path, `shape [${gradient.shape}], expected [${shape}]`)
  const { l2 } = totals(gradient.data)
  if (!(l2 <= bound))
    check.fail(path, `the L2 norm of a gradient that is zero in exact arithmetic is ${l2}, bound ${bound}`)
}

function expectedNorm(expected: unknown): number {
  return isDigest(expected) ? (expected.l2 ?? Number.NaN) : totals(expectedNumbers(expected).data).l2
}

/**
 * The tolerance of gradients: `relative_gradients` and `absolute_gradients` of the fixture, else the guide value.
 * Where the fixture measured how far the original's own float32 gradients are from its float64 gradients, two float32
 * runs may differ by twice that; its list names the worst parameters, so every other one is bounded by its last entry.
 */
export function gradientTolerance(test: GoldenTest, guide = 1e-2): GradientTolerance {
  const { relative_gradients: own, absolute_gradients: absolute, float32_against_float64: measured } = test.tolerance
  const base = typeof own === 'number' ? own : guide
  const worst = (measured?.relative_gradients ?? []) as [string, number][]
  if (!Array.isArray(worst) || worst.length === 0) return { relative: base, absolute }
  const byName = new Map(worst)
  const others = Math.min(...byName.values())
  return { relative: (name) => Math.max(base, 2 * (byName.get(name) ?? others)), absolute }
}

/**
 * Compares names, shapes and number of the trainable parameters with `test.parameters`: all of `tensors` and no others,
 * those of `tensors_reached` among others; either list may be missing. `count` is the sum of the elements.
 * With `order`, the parameters have to stand in the order of the original as well.
 */
export function checkParameterNames(
  check: Checker,
  test: GoldenTest,
  parameters: readonly { readonly name: string; readonly shape: readonly number[] }[],
  options: { order?: boolean } = {},
): void {
  const actual = new Map(parameters.map(({ name, shape }) => [name, shape]))
  const expected = (test.parameters ?? {}) as { count?: number; tensors?: Tensors; tensors_reached?: Tensors }
  const listed = [...(expected.tensors ?? []), ...(expected.tensors_reached ?? [])]
  for (const [name, shape] of listed) {
    const own = actual.get(name)
    if (own === undefined) check.fail(['parameters', name], 'there is no parameter of that name')
    else if (String(own) !== String(shape)) check.fail(['parameters', name], `shape [${own}], expected [${shape}]`)
  }
  if (expected.tensors) checkNothingElse(check, expected.tensors, actual, options.order ?? false)
  const sizes = [...actual.values()].map((shape) => shape.reduce((product, size) => product * size, 1))
  const count = sizes.reduce((sum, size) => sum + size, 0)
  if (expected.count !== undefined && expected.count !== count)
    check.fail(['parameters', 'count'], `${count} trainable values, expected ${expected.count}`)
}

type Tensors = readonly (readonly [name: string, shape: readonly number[]])[]

function checkNothingElse(check: Checker, expected: Tensors, actual: ReadonlyMap<string, unknown>, ordered: boolean) {
  const names = expected.map(([name]) => name)
  const known = new Set(names)
  for (const name of actual.keys())
    if (!known.has(name)) check.fail(['parameters', name], 'the original has no such one')
  if (!ordered) return
  const own = [...actual.keys()].filter((name) => known.has(name))
  const at = own.findIndex((name, i) => name !== names[i])
  if (at >= 0) check.fail(['parameters'], `number ${at} is ${own[at]}, expected ${names[at]}`)
}
