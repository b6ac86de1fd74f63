/** The 32-bit FNV-1a hash of the UTF-8 bytes of a name (fixtures' README, section 1). */
export function nameHash(name: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** Element `index` of the integer sequence of a hashed name, in [0, 2^32). */
export function hashedInteger(hash: number, index: number): number {
  let x = (Math.imul(index, 0x9e3779b1) + hash) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b) >>> 0
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) >>> 0
  return (x ^ (x >>> 16)) >>> 0
}

/** The first `count` values of a name, doubles in [0, 1). */
export function uniformValues(name: string, count: number): Float64Array {
  const hash = nameHash(name)
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) values[i] = hashedInteger(hash, i) / 2 ** 32
  return values
}

/**
 * A parameter or buffer of a model by its full dotted name: scaled by its fan-in when it has two axes or more, positive
 * for normalisation weights and running variances, small otherwise. Computed in float64 and rounded to float32.
 */
export function parameterValues(name: string, shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1)
  const hash = nameHash(name)
  const [factor, offset] = scaleAndOffset(name, shape)
  const values = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const u = hashedInteger(hash, i) / 2 ** 32
    values[i] = offset === undefined ? (2 * u - 1) * factor : offset + u
  }
  return values
}

function scaleAndOffset(name: string, shape: readonly number[]): [factor: number, offset?: number] {
  if (shape.length >= 2) return [Math.sqrt(3 / shape.slice(1).reduce((product, size) => product * size, 1))]
  if (name.endsWith('running_var')) return [1, 0.5]
  if (name.endsWith('running_mean')) return [0.1]
  if (shape.length === 1 && name.endsWith('weight')) return [1, 0.5]
  return [0.1]
}

/** Puts numbers and names in place of the braces of a template such as `head{i}/{name}`. */
export function fillTemplate(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (braces, key: string) => (key in values ? String(values[key]) : braces))
}
