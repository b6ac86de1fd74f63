import {
  decodeElementView,
  denseStrides,
  ELEMENT_BYTES,
  type ElementArray,
  type ElementType,
  elementCount,
  NUMPY_TYPES,
} from '../array-elements.ts'
import { narrowed } from './numbers.ts'
import {
  describeValue,
  globalsOf,
  naturals,
  type PickleCall,
  PickleGlobal,
  type PickleGlobals,
  PickleObject,
  PickleText,
  PickleTuple,
  type PickleValue,
} from './values.ts'

/** Type and byte order of the elements of an array. */
export class NumpyDtype extends PickleObject {
  readonly type: ElementType
  littleEndian = true

  constructor(type: ElementType) {
    super()
    this.type = type
  }

  /** (version, byte order, ...), all other entries of which belong to other kinds of types. */
  override setState(state: PickleValue, call: PickleCall): void {
    const order = state instanceof PickleTuple && state.length >= 2 ? state[1] : undefined
    if (order !== '<' && order !== '>' && order !== '|' && order !== '=') {
      throw call.refused("the byte order '<', '>', '=' or '|'", describeValue(order))
    }
    this.littleEndian = order !== '>'
  }
}

const EMPTY = new Uint8Array(0)

/** An array of NumPy. */
export class NumpyArray extends PickleObject {
  dtype: ElementType = 'uint8'
  shape: readonly number[] = [0]
  private bytes: Uint8Array = EMPTY
  private littleEndian = true
  private fortranOrder = false
  private filled = false

  /** The elements in row-major order, decoded anew each time; see `ElementArray`. */
  get data(): ElementArray {
    const { dtype: type, shape, littleEndian, fortranOrder } = this
    const strides = denseStrides(shape, fortranOrder)
    return decodeElementView(this.bytes, { type, shape, strides, offset: 0, littleEndian })
  }

  /** (version, shape, dtype, whether in Fortran order, bytes). */
  override setState(state: PickleValue, call: PickleCall): void {
    if (!(state instanceof PickleTuple) || state.length !== 5) {
      throw call.refused('the five parts of an array', describeValue(state))
    }
    const [, shape, dtype, fortranOrder, bytes] = state
    if (typeof fortranOrder !== 'boolean') throw call.refused('true or false', describeValue(fortranOrder))
    this.fill(shape, dtype, bytes, fortranOrder, call)
  }

  fill(shape: PickleValue, dtype: PickleValue, bytes: PickleValue, fortranOrder: boolean, call: PickleCall): void {
    if (this.filled) throw call.refused('an array that is filled once', 'its elements again')
    const lengths = naturals(shape)
    if (!lengths) throw call.refused('a shape', describeValue(shape))
    if (!(dtype instanceof NumpyDtype)) throw call.refused('a dtype of NumPy', describeValue(dtype))
    const held = rawBytes(bytes)
    const needed = elementCount(lengths) * ELEMENT_BYTES[dtype.type]
    if (held?.length !== needed) {
      throw call.refused(`${needed} bytes for shape (${lengths.join(', ')})`, describeValue(bytes))
    }
    call.useElements(needed)
    this.filled = true
    this.shape = lengths
    this.dtype = dtype.type
    this.littleEndian = dtype.littleEndian
    this.fortranOrder = fortranOrder
    this.bytes = held
  }
}

/** Python 2 writes bytes as text; where they happen to be ASCII, they were taken for text. */
function rawBytes(value: PickleValue): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value
  if (value instanceof PickleText) return value.utf8
  return typeof value === 'string' ? new TextEncoder().encode(value) : undefined
}

const ndarray = new PickleGlobal('numpy.ndarray')

/** Arrays, numbers and dtypes of NumPy 1 and 2, for `readPickle`. */
export const NUMPY_GLOBALS: PickleGlobals = new Map([
  ...globalsOf(ndarray, new PickleGlobal('numpy.dtype', dtypeOf)),
  ...['numpy.core', 'numpy._core'].flatMap((module) => [
    ...globalsOf(
      new PickleGlobal(`${module}.multiarray._reconstruct`, reconstruct),
      new PickleGlobal(`${module}.multiarray.scalar`, scalar),
      new PickleGlobal(`${module}.numeric._frombuffer`, fromBuffer),
    ),
  ]),
])

/** A type by its code, `f4`, and two flags that mean nothing here. */
function dtypeOf([code]: readonly PickleValue[], call: PickleCall): PickleValue {
  const type = typeof code === 'string' && Object.hasOwn(NUMPY_TYPES, code) ? NUMPY_TYPES[code] : undefined
  if (!type) {
    throw call.refused(
      `a dtype of NumPy for numbers: ${Object.keys(NUMPY_TYPES).join(', ')}`,
      describeValue(code),
      'Arrays of objects or text are not read. Convert them in Python to arrays of numbers, or to lists.',
    )
  }
  return new NumpyDtype(type)
}

/** An empty array, to be filled by its state. */
function reconstruct([type]: readonly PickleValue[], call: PickleCall): PickleValue {
  if (type !== ndarray) throw call.refused('numpy.ndarray', describeValue(type))
  return new NumpyArray()
}

/** (bytes, dtype, shape, order). */
function fromBuffer(args: readonly PickleValue[], call: PickleCall): PickleValue {
  const [bytes, dtype, shape, order] = args
  if (args.length !== 4 || (order !== 'C' && order !== 'F'))
    throw call.refused("the order 'C' or 'F'", describeValue(order))
  const array = new NumpyArray()
  array.fill(shape, dtype, bytes, order === 'F', call)
  return array
}

/** A single number, as a number, bigint or boolean. */
function scalar([dtype, bytes]: readonly PickleValue[], call: PickleCall): PickleValue {
  const array = new NumpyArray()
  array.fill(PickleTuple.from([]) as PickleTuple, dtype, bytes, false, call)
  const [value] = array.data
  if (typeof value === 'bigint') return narrowed(value)
  return array.dtype === 'bool' ? value === 1 : value
}
