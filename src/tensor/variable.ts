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

  constructor(name: string, kind: VariableKind, shape: Shape, values: Float32Array = new Float32Array(sizeOf(shape))) {
    this.name = name
    this.kind = kind
    this.shape = shape
    this.values = values
  }
}

/**
 * Variables laid end to end in one vector. A step then has one input and one output for all of them, and an optimiser
 * is a few operators over one vector instead of a few per parameter.
 */
export class Bank extends Variable {
  readonly pieces: readonly Variable[]

  constructor(name: string, kind: VariableKind, pieces: readonly Variable[]) {
    super(name, kind, [pieces.reduce((total, piece) => total + sizeOf(piece.shape), 0)])
    this.pieces = pieces
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
}

/** The variable whose values a device stores: the bank of a packed variable, else the variable itself. */
export function stored(variable: Variable): Variable {
  return variable.bank ?? variable
}
