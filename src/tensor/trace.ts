import { OssatureError } from '../errors.ts'
import { input } from './functions/constant.ts'
import { concat, flatten, reshape, split } from './functions/layout.ts'
import { RandomState } from './random-state.ts'
import { sameShape, shapeError, sizeOf, type Tensor, type TensorType } from './tensor.ts'
import { Bank, type Variable } from './variable.ts'

/** float32 tensor of a shape. */
export const f32 = (...shape: number[]): TensorType => ({ dtype: 'f32', shape })
/** int32 tensor of a shape. */
export const i32 = (...shape: number[]): TensorType => ({ dtype: 'i32', shape })

export interface NamedTensor {
  readonly name: string
  readonly tensor: Tensor
}

/** A variable that a graph reads, and the value it leaves behind. */
export interface StateEntry {
  readonly variable: Variable
  readonly current: Tensor
  /** Absent where the graph only reads the variable. */
  readonly next?: Tensor
}

/** A function over tensors, recorded as a graph. */
export interface TracedGraph {
  readonly inputs: readonly NamedTensor[]
  readonly outputs: readonly NamedTensor[]
  readonly state: readonly StateEntry[]
}

export interface TraceOptions {
  /** Batch statistics and dropout as in training. */
  readonly training?: boolean
  /** Seed and step number of the random numbers in the graph; one of its own with seed 0 when absent. */
  readonly random?: RandomState
  /** Told the output of every named module, by path. */
  readonly observe?: (path: string, output: Tensor) => void
}

class TraceContext {
  readonly options: TraceOptions
  readonly random: RandomState
  readonly reads = new Map<Variable, Tensor>()
  readonly writes = new Map<Variable, Tensor>()
  private readonly pieces = new Map<Bank, readonly Tensor[]>()

  constructor(options: TraceOptions) {
    this.options = options
    this.random = options.random ?? new RandomState(0)
  }

  read(variable: Variable): Tensor {
    const known = this.reads.get(variable)
    if (known) return known
    const tensor = variable.bank ? this.readPiece(variable, variable.bank) : input(variable.name, 'f32', variable.shape)
    this.reads.set(variable, tensor)
    return tensor
  }

  write(variable: Variable, value: Tensor): void {
    this.read(variable)
    this.writes.set(variable, value)
    if (variable instanceof Bank) for (const piece of variable.pieces) this.writes.delete(piece)
  }

  private readPiece(variable: Variable, bank: Bank): Tensor {
    let pieces = this.pieces.get(bank)
    if (!pieces) {
      const sizes = bank.pieces.map((piece) => sizeOf(piece.shape))
      pieces = split(this.read(bank), 0, sizes)
      this.pieces.set(bank, pieces)
    }
    return reshape(pieces[bank.pieces.indexOf(variable)], variable.shape)
  }

  /** State entries with the written pieces of a bank joined to one vector. */
  finish(): StateEntry[] {
    const banks = new Set<Bank>()
    for (const variable of this.writes.keys()) if (variable.bank) banks.add(variable.bank)
    for (const bank of banks) {
      const whole = this.writes.get(bank)
      const kept = whole
        ? split(
            whole,
            0,
            bank.pieces.map((piece) => sizeOf(piece.shape)),
          )
        : bank.pieces.map((piece) => flatten(this.read(piece)))
      const written = bank.pieces.map((piece, i) => {
        const value = this.writes.get(piece)
        return value ? flatten(value) : kept[i]
      })
      this.writes.set(bank, concat(written, 0))
    }
    const whole = [...this.reads.keys()].filter((variable) => !variable.bank)
    return whole.map((variable) => ({
      variable,
      current: this.reads.get(variable)!,
      next: this.writes.get(variable),
    }))
  }
}

let active: TraceContext | undefined

function context(): TraceContext {
  if (!active) throw new OssatureError('a variable was used outside trace()', { where: 'tensor' })
  return active
}

/** The tensor that holds a variable's value when the graph starts. */
export function read(variable: Variable): Tensor {
  return context().read(variable)
}

/**
 * Makes a tensor the variable's value after the step. Of several assignments the last one holds; a bank and its pieces
 * may both be assigned. What `read` gives is not changed by it.
 */
export function assign(variable: Variable, value: Tensor): void {
  if (!sameShape(variable.shape, value.shape))
    throw shapeError(`assign ${variable.name}`, [value], `[${variable.shape}]`)
  context().write(variable, value)
}

/** Whether the graph that is being traced trains. */
export function isTraining(): boolean {
  return context().options.training ?? false
}

/** Where the graph that is being traced takes its random numbers from. */
export function randomState(): RandomState {
  return context().random
}

/** Tells the tracing caller, if it asked, what a named module gives. */
export function reportOutput(path: string, output: Tensor): void {
  active?.options.observe?.(path, output)
}

/** Records a function over tensors. Its result names the outputs; variables it assigns become state with an update. */
export function trace<I extends Record<string, TensorType>>(
  inputs: I,
  body: (tensors: { readonly [K in keyof I]: Tensor }) => Readonly<Record<string, Tensor>>,
  options: TraceOptions = {},
): TracedGraph {
  const outer = active
  active = new TraceContext(options)
  try {
    const fed = Object.entries(inputs).map(([name, type]) => ({ name, tensor: input(name, type.dtype, type.shape) }))
    const tensors = Object.fromEntries(fed.map(({ name, tensor }) => [name, tensor])) as { [K in keyof I]: Tensor }
    const results = body(tensors)
    const outputs = Object.entries(results).map(([name, tensor]) => ({ name, tensor }))
    return { inputs: fed, outputs, state: active.finish() }
  } finally {
    active = outer
  }
}
