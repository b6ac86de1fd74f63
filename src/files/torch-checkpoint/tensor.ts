import {
  decodeElementView,
  ELEMENT_BYTES,
  type ElementArray,
  type ElementType,
  elementCount,
  elementsNeeded,
} from '../array-elements.ts'
import {
  describeValue,
  isNatural,
  naturals,
  type PickleCall,
  PickleObject,
  type PickleValue,
} from '../pickle/values.ts'

/** Element types of tensors that are read. */
export type TorchDtype = Exclude<ElementType, 'uint64' | 'uint32' | 'uint16'>

/** The numbers that tensors are views of. */
export class TorchStorage extends PickleObject {
  readonly dtype: TorchDtype
  /** In elements. */
  readonly length: number
  /** The bytes; in the old form of checkpoints they come after the tensors. */
  load: () => Uint8Array
  littleEndian = true

  constructor(dtype: TorchDtype, length: number, load: () => Uint8Array) {
    super()
    this.dtype = dtype
    this.length = length
    this.load = load
  }

  get byteLength(): number {
    return this.length * ELEMENT_BYTES[this.dtype]
  }
}

/** A tensor of a PyTorch checkpoint. */
export class TorchTensor extends PickleObject {
  readonly dtype: TorchDtype
  readonly shape: readonly number[]
  private readonly storage: TorchStorage
  private readonly offset: number
  private readonly strides: readonly number[]

  private constructor(storage: TorchStorage, offset: number, shape: readonly number[], strides: readonly number[]) {
    super()
    this.dtype = storage.dtype
    this.storage = storage
    this.offset = offset
    this.shape = shape
    this.strides = strides
  }

  /** The tensor that these arguments of the pickle describe. @throws OssatureError when it is not inside its storage */
  static from([storage, offset, size, stride]: readonly PickleValue[], call: PickleCall): TorchTensor {
    if (!(storage instanceof TorchStorage)) throw call.refused('a storage', describeValue(storage))
    if (!isNatural(offset)) throw call.refused('an offset', describeValue(offset))
    const shape = naturals(size)
    const strides = naturals(stride)
    if (!shape || strides?.length !== shape.length) {
      throw call.refused('lengths and strides of as many axes', `${describeValue(size)} and ${describeValue(stride)}`)
    }
    const needed = elementsNeeded({ shape, strides, offset })
    if (needed > storage.length) {
      throw call.refused(`a tensor inside its storage of ${storage.length} elements`, `one that ends at ${needed}`)
    }
    call.useElements(elementCount(shape) * ELEMENT_BYTES[storage.dtype])
    return new TorchTensor(storage, offset, shape, strides)
  }

  /** The elements in row-major order, decoded anew each time; see `ElementArray`. */
  get data(): ElementArray {
    const { storage, shape, strides, offset } = this
    const { dtype: type, littleEndian } = storage
    return decodeElementView(storage.load(), { type, shape, strides, offset, littleEndian })
  }
}
