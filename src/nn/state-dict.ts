import { OssatureError, shortList } from '../errors.ts'
import { writeSafetensors } from '../files/safetensors/safetensors.ts'
import { type Shape, sizeOf, type Variable } from '../tensor/index.ts'
import { Module } from './module.ts'

/** A tensor to load: of a safetensors file, a PyTorch checkpoint, or made by hand. Row-major. */
export interface StateEntry {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number | bigint>
}

export interface LoadOptions {
  /** Whether everything must fit: no name too many, none missing, all shapes equal. Default true. */
  readonly strict?: boolean
  /** The name in the model of a name in the entries; undefined leaves the entry out. */
  readonly rename?: (name: string) => string | undefined
}

/** What became of the names, in the order of the model, then of the entries. */
export interface LoadReport {
  readonly loaded: readonly string[]
  /** Names of the model that the entries do not have; their values stayed as they were. */
  readonly missing: readonly string[]
  /** Names of the entries that the model does not have. */
  readonly unexpected: readonly string[]
  /** Names whose shape is another one; the values of the model stayed as they were. */
  readonly misshaped: readonly { readonly name: string; readonly expected: Shape; readonly found: Shape }[]
}

/** Parameters and buffers by name: a module, or the variables of several. Slots of optimisers are passed over. */
export type StateHolder = Module | Iterable<readonly [string, Variable]>

/** PyTorch counts the steps of a batch normalisation, which nothing here needs. */
const NOT_NEEDED = /(^|\.)num_batches_tracked$/

/**
 * Takes the values of the entries over into the parameters and buffers of the same names. Either the whole load
 * succeeds, or nothing is changed. A device that holds the values has to be given the new ones (`push`).
 *
 * @throws OssatureError when an entry cannot be decoded; with `strict`, when not everything fits
 */
export function loadStateDict(
  target: StateHolder,
  entries: ReadonlyMap<string, StateEntry>,
  { strict = true, rename = (name) => name }: LoadOptions = {},
): LoadReport {
  const variables = new Map(variablesOf(target))
  const renamed = renamedEntries(entries, rename)
  const loads: { variable: Variable; name: string; values: Float32Array }[] = []
  const misshaped: LoadReport['misshaped'][number][] = []
  for (const [name, variable] of variables) {
    const entry = renamed.get(name)
    if (!entry) continue
    const { shape } = entry
    if (shape.join() !== variable.shape.join()) misshaped.push({ name, expected: variable.shape, found: shape })
    else loads.push({ name, variable, values: asFloats(entry, name) })
  }
  const report = {
    loaded: loads.map(({ name }) => name),
    missing: [...variables.keys()].filter((name) => !renamed.has(name)),
    unexpected: [...renamed.keys()].filter((name) => !variables.has(name) && !NOT_NEEDED.test(name)),
    misshaped,
  }
  if (strict) requireAll(report)
  for (const { variable, values } of loads) variable.values.set(values)
  return report
}

/** The parameters and buffers as the bytes of a safetensors file. */
export function encodeStateDict(
  source: StateHolder,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const tensors = new Map(
    [...variablesOf(source)].map(([name, { shape, values }]) => [name, { shape, data: values }] as const),
  )
  return writeSafetensors(tensors, metadata)
}

function* variablesOf(holder: StateHolder): Generator<readonly [string, Variable]> {
  for (const pair of holder instanceof Module ? holder.variables() : holder) if (pair[1].kind !== 'slot') yield pair
}

function renamedEntries(
  entries: ReadonlyMap<string, StateEntry>,
  rename: (name: string) => string | undefined,
): Map<string, StateEntry> {
  const renamed = new Map<string, StateEntry>()
  for (const [name, entry] of entries) {
    const to = rename(name)
    if (to === undefined) continue
    if (renamed.has(to)) throw new OssatureError('two tensors get the same name', { where: to, found: name })
    renamed.set(to, entry)
  }
  return renamed
}

function asFloats({ shape, data }: StateEntry, name: string): Float32Array {
  const size = sizeOf(shape)
  if (data.length !== size) {
    throw new OssatureError('the shape does not fit the data', {
      where: `tensor '${name}'`,
      expected: `${size} elements for shape [${shape.join(', ')}]`,
      found: `${data.length} elements`,
    })
  }
  return data instanceof Float32Array ? data : Float32Array.from({ length: size }, (_, i) => Number(data[i]))
}

function requireAll({ missing, unexpected, misshaped }: LoadReport): void {
  if (missing.length + unexpected.length + misshaped.length === 0) return
  const shapes = misshaped.map(
    ({ name, expected, found }) => `${name} [${found.join(', ')}], not [${expected.join(', ')}]`,
  )
  const found = [
    ...(missing.length > 0 ? [`no ${shortList(missing)}`] : []),
    ...(unexpected.length > 0 ? [`besides ${shortList(unexpected)}`] : []),
    ...(shapes.length > 0 ? [shortList(shapes)] : []),
  ]
  throw new OssatureError('these weights are of another network', {
    expected: 'every parameter and buffer by name and shape, and no others',
    found: found.join('; '),
    hint: 'Nothing was changed. Load without `strict` to take what fits.',
  })
}
