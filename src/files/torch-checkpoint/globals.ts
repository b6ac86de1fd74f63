import { ELEMENT_BYTES } from '../array-elements.ts'
import { BUILTIN_GLOBALS } from '../pickle/builtins.ts'
import { NUMPY_GLOBALS } from '../pickle/numpy.ts'
import {
  describeValue,
  globalsOf,
  isNatural,
  type PickleCall,
  PickleGlobal,
  type PickleGlobals,
  PickleTuple,
  type PickleValue,
} from '../pickle/values.ts'
import { type TorchDtype, TorchStorage, TorchTensor } from './tensor.ts'

/** `torch.FloatStorage` and its like: the types of storages. */
const STORAGE_DTYPES: ReadonlyMap<PickleGlobal, TorchDtype> = new Map(
  Object.entries({
    DoubleStorage: 'float64',
    FloatStorage: 'float32',
    HalfStorage: 'float16',
    BFloat16Storage: 'bfloat16',
    LongStorage: 'int64',
    IntStorage: 'int32',
    ShortStorage: 'int16',
    CharStorage: 'int8',
    ByteStorage: 'uint8',
    BoolStorage: 'bool',
  } as const).map(([name, dtype]) => [new PickleGlobal(`torch.${name}`), dtype]),
)

const DTYPES = ['float', 'double', 'half', 'long', 'int', 'short', ...Object.keys(ELEMENT_BYTES)]

/** What checkpoints of PyTorch refer to: tensors, plain data of Python and arrays of NumPy. */
export const TORCH_GLOBALS: PickleGlobals = new Map([
  ...BUILTIN_GLOBALS,
  ...NUMPY_GLOBALS,
  ...globalsOf(
    ...STORAGE_DTYPES.keys(),
    ...DTYPES.map((name) => new PickleGlobal(`torch.${name}`)),
    new PickleGlobal('torch._utils._rebuild_tensor', TorchTensor.from),
    new PickleGlobal('torch._utils._rebuild_tensor_v2', TorchTensor.from),
    new PickleGlobal('torch._utils._rebuild_parameter', ([tensor], call) => tensorOf(tensor, call)),
    new PickleGlobal('torch._utils._rebuild_parameter_with_state', ([tensor], call) => tensorOf(tensor, call)),
    new PickleGlobal('torch.Size', ([shape], call) => tupleOf(shape, call)),
    new PickleGlobal('torch.device', ([name], call) => textOf(name, call)),
  ),
])

function tensorOf(value: PickleValue, call: PickleCall): TorchTensor {
  if (!(value instanceof TorchTensor)) throw call.refused('a tensor', describeValue(value))
  return value
}

function tupleOf(value: PickleValue, call: PickleCall): PickleTuple {
  if (!(value instanceof PickleTuple)) throw call.refused('a tuple', describeValue(value))
  return value
}

/** A device is its name: tensors lie on the host here. */
function textOf(value: PickleValue, call: PickleCall): string {
  if (typeof value !== 'string') throw call.refused('text', describeValue(value))
  return value
}

/** Dtype, key and length of the storage that a persistent identifier names: ('storage', type, key, device, length, ...). */
export function storageReference(
  id: PickleValue,
  call: PickleCall,
): { dtype: TorchDtype; key: string; length: number; view: PickleValue } {
  if (!(id instanceof PickleTuple) || id.length < 5 || id.length > 6 || id[0] !== 'storage') {
    throw call.refused("a reference ('storage', type, key, device, length)", describeValue(id))
  }
  const [, type, key, , length, view = null] = id
  const dtype = type instanceof PickleGlobal ? STORAGE_DTYPES.get(type) : undefined
  if (!dtype) throw call.refused('the type of a storage', describeValue(type))
  if (typeof key !== 'string') throw call.refused('the key of a storage', describeValue(key))
  if (!isNatural(length)) throw call.refused('the length of a storage', describeValue(length))
  return { dtype, key, length, view }
}

/** One storage per key, whichever way it is asked for. */
export class StorageTable {
  readonly storages = new Map<string, TorchStorage>()

  /** @throws OssatureError when the key was used for another kind of storage */
  get(
    { dtype, key, length }: { dtype: TorchDtype; key: string; length: number },
    call: PickleCall,
    load: () => Uint8Array,
  ): TorchStorage {
    let storage = this.storages.get(key)
    if (storage && (storage.dtype !== dtype || storage.length !== length)) {
      throw call.refused(`storage ${describeValue(key)} as ${storage.length} ${storage.dtype}`, `${length} ${dtype}`)
    }
    if (!storage) {
      storage = new TorchStorage(dtype, length, load)
      this.storages.set(key, storage)
    }
    return storage
  }
}
