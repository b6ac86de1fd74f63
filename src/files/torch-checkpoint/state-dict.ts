import { OssatureError, shortList } from '../../errors.ts'
import type { ElementArray } from '../array-elements.ts'
import { NumpyArray } from '../pickle/numpy.ts'
import { describeValue, type PickleValue } from '../pickle/values.ts'
import { TorchTensor } from './tensor.ts'

/** A tensor with a name of its own: of a PyTorch checkpoint or a safetensors file. */
export interface NamedTensor {
  readonly shape: readonly number[]
  readonly data: ElementArray
}

/** Under these keys programs keep the weights of their network, those that are used for testing first. */
const USUAL_KEYS = [
  'state_dict',
  'model_state_dict',
  'model_state',
  'model',
  'module',
  'net',
  'network',
  'weights',
  'params',
  'state',
]

const MAX_DEPTH = 4

/**
 * The tensors of a checkpoint by name: those that it keeps under `state_dict`, `model` or another usual key, or those of
 * the dictionary itself. Entries that are not tensors are left out.
 *
 * @throws OssatureError when there is no such dictionary, or several that could be meant
 */
export function findStateDict(checkpoint: PickleValue, where = 'checkpoint'): ReadonlyMap<string, NamedTensor> {
  const found = search(checkpoint, [], new Set())
  if (found.length === 1) return tensorsIn(found[0].value)
  const what = found.length === 0 ? 'there are no tensors with names' : 'there are several dictionaries of tensors'
  throw new OssatureError(`${what} in this checkpoint`, {
    where,
    expected: 'a state dict, or a dictionary that has one under state_dict or model',
    found:
      found.length > 0
        ? shortList(found.map(({ path }) => path.join('.')))
        : checkpoint instanceof Map
          ? `a dictionary with ${shortList([...checkpoint.keys()].map(describeValue)) || 'nothing'}`
          : describeValue(checkpoint),
    hint: 'In Python, save the one you mean: torch.save(model.state_dict(), ...).',
  })
}

interface Found {
  readonly path: readonly string[]
  readonly value: Map<PickleValue, PickleValue>
}

/** Every dictionary is looked at once, so that one that stands in many places costs no more time. */
function search(value: PickleValue, path: readonly string[], seen: Set<PickleValue>): Found[] {
  if (!(value instanceof Map) || path.length > MAX_DEPTH || seen.has(value)) return []
  seen.add(value)
  for (const key of USUAL_KEYS) {
    const found = search(value.get(key) ?? null, [...path, key], seen)
    if (found.length > 0) return found
  }
  for (const [key, item] of value) if (typeof key === 'string' && isTensor(item)) return [{ path, value }]
  const all: Found[] = []
  for (const [key, item] of value) if (typeof key === 'string') all.push(...search(item, [...path, key], seen))
  return all
}

function tensorsIn(dictionary: Map<PickleValue, PickleValue>): Map<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>()
  for (const [key, item] of dictionary) if (typeof key === 'string' && isTensor(item)) tensors.set(key, item)
  return tensors
}

function isTensor(value: PickleValue): value is TorchTensor | NumpyArray {
  return value instanceof TorchTensor || value instanceof NumpyArray
}
