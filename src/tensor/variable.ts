import { OssatureError } from '../errors.ts'
import { type Shape, sizeOf } from './tensor.ts'

/** What a variable is for: trained, carried along (running statistics), or owned by an optimiser. */
export type VariableKind = 'parameter' | 'buffer' | 'slot'

/** State that outlives a step: a parameter, a running statistic, a momentum. float32, row-major. */
export class Variable {
  /** Dotted path inside the model, as in the authors' state dict. */
  name: string
  readonly kind: VariableKind
  readonly shape: Shape
  /** Values on the host. A device that runs steps holds newer ones until they are pulled. */
  values: Float32Array
  /** The bank that holds the values, once packed. */
  bank?: Bank

  /** @throws OssatureError when the values do not fill the shape */
  constructor(name: string, kind: VariableKind, shape: Shape, values: Float32Array = new Float32Array(sizeOf(shape))) {
    if (values.length !== sizeOf(shape))
      throw new OssatureError('these values do not fill the variable', {
        where: name,
        expected: `${sizeOf(shape)} values for [${shape.join(', ')}]`,
        found: `${values.length} values`,
      })
    this.name = name
    this.kind = kind
    this.shape = shape
    this.values = values
  }
}

/**
 * Variables laid end to end in one vector. A step then has one input and one output for all of them, and an optimiser
 * is a few operators over one vector instead of a few per parameter.
 *
 * A variable stands in one bank at a time. Packing it anew dissolves the bank that it was in: the other pieces are then
 * variables of their own, and graphs that were traced before cannot run any more. Values that a device holds have to be
 * pulled first.
 */
export class Bank extends Variable {
  readonly pieces: readonly Variable[]

  constructor(name: string, kind: VariableKind, pieces: readonly Variable[]) {
    super(name, kind, [pieces.reduce((total, piece) => total + sizeOf(piece.shape), 0)])
    this.pieces = pieces
    for (const piece of pieces) piece.bank?.dissolve()
    let offset = 0
    for (const piece of pieces) {
      const size = sizeOf(piece.shape)
      const view = this.values.subarray(offset, offset + size)
      view.set(piece.values)
      piece.values = view
      piece.bank = this
      offset += size
    }
  }

  /** Whether a piece was packed anew, so that the bank holds the values of nothing. */
  get isDissolved(): boolean {
    return this.pieces.some(({ bank }) => bank !== this)
  }

  private dissolve(): void {
    for (const piece of this.pieces) {
      piece.values = piece.values.slice()
      piece.bank = undefined
    }
  }
}

/** The variable whose values a device stores: the bank of a packed variable, else the variable itself. */
export function stored(variable: Variable): Variable {
  return variable.bank ?? variable
}

/**
 * Checks that the variable's values are stored under itself: it stands in no bank, and is none that was dissolved.
 * @throws OssatureError where it was packed after its place in a graph was traced
 */
export function requireStored(variable: Variable): void {
  if (!variable.bank && !(variable instanceof Bank && variable.isDissolved)) return
  throw new OssatureError('the variables were packed anew after this was traced', {
    where: variable.name,
    hint: 'An optimiser packs the parameters that it is given. Create it first, trace after that, and use the newest.',
  })
}
