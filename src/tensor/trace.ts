import { OssatureError } from '../errors.ts'
import { input } from './functions/constant.ts'
import { concat, flatten, reshape, split } from './functions/layout.ts'
import { RandomState } from './random-state.ts'
import { currentScope, sameShape, shapeError, sizeOf, type Tensor, type TensorType } from './tensor.ts'
import { Bank, requireStored, stored, type Variable } from './variable.ts'

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
  /**
   * Batch statistics and dropout as in training; false when absent. A graph that updates parameters through modules that
   * act differently in training must say which it is: false is a frozen network.
   */
  readonly training?: boolean
  /** Seed and step number of the random numbers in the graph; one of its own with seed 0 when absent. */
  readonly random?: RandomState
  /** Told the output of every named module, by path. */
  readonly observe?: (path: string, output: Tensor) => void
}

class TraceContext {
  readonly options: TraceOptions
  readonly random: RandomState
  /** Values when the graph starts, of variables that no bank holds. */
  private readonly inputs = new Map<Variable, Tensor>()
  private readonly assigned = new Set<Variable>()
  /** The latest values. A bank of which a piece was assigned has none until it is read. */
  private readonly values = new Map<Variable, Tensor>()
  /** Path of the first module that asked whether the graph trains, where that was not said. */
  private unanswered: string | undefined
  private updatesParameters = false

  constructor(options: TraceOptions) {
    this.options = options
    this.random = options.random ?? new RandomState(0)
  }

  read(variable: Variable): Tensor {
    const known = this.values.get(variable)
    if (known) return known
    const { bank } = variable
    if (bank) this.splitBank(bank)
    else this.values.set(variable, this.joined(variable) ?? this.before(variable))
    return this.values.get(variable)!
  }

  isTraining(): boolean {
    if (this.options.training === undefined) this.unanswered ??= currentScope() || 'graph'
    return this.options.training ?? false
  }

  declareUpdate(): void {
    this.updatesParameters = true
  }

  /** The value when the graph starts of a variable that no bank holds. */
  before(variable: Variable): Tensor {
    let tensor = this.inputs.get(variable)
    if (!tensor) {
      tensor = input(variable.name, 'f32', variable.shape)
      this.inputs.set(variable, tensor)
    }
    return tensor
  }

  write(variable: Variable, value: Tensor): void {
    if (variable.bank) {
      this.splitBank(variable.bank)
      this.values.delete(variable.bank)
      this.assigned.add(variable.bank)
    } else {
      this.before(variable)
      this.assigned.add(variable)
    }
    if (variable instanceof Bank) for (const piece of variable.pieces) this.values.delete(piece)
    this.values.set(variable, value)
  }

  /** A bank of which pieces were assigned, as one vector. */
  private joined(variable: Variable): Tensor | undefined {
    if (!(variable instanceof Bank && this.assigned.has(variable))) return undefined
    return concat(
      variable.pieces.map((piece) => flatten(this.read(piece))),
      0,
    )
  }

  /** Gives every piece of a bank its value, unless they all have one. */
  private splitBank(bank: Bank): void {
    if (this.values.has(bank.pieces[0])) return
    const sizes = bank.pieces.map((piece) => sizeOf(piece.shape))
    split(this.read(bank), 0, sizes).forEach((value, i) => {
      this.values.set(bank.pieces[i], reshape(value, bank.pieces[i].shape))
    })
  }

  /** What the graph read, and what it leaves behind. */
  finish(): StateEntry[] {
    if (this.updatesParameters && this.unanswered !== undefined) {
      throw new OssatureError('parameters are updated, but trace() was not told whether this is training', {
        where: this.unanswered,
        expected: '{ training: true } or { training: false } as the last argument of trace()',
        found: 'neither',
        hint: 'With true, normalisation takes the statistics of the batch and dropout drops; with false, modules act as in evaluation, as a frozen network does.',
      })
    }
    return [...this.inputs].map(([variable, current]) => ({
      variable,
      current,
      next: this.assigned.has(variable) ? this.read(variable) : undefined,
    }))
  }
}

let active: TraceContext | undefined

function context(): TraceContext {
  if (!active)
    throw new OssatureError('this is possible inside trace() only', {
      where: 'tensor',
      found: 'a variable, random numbers or a question about training outside trace()',
    })
  return active
}

/**
 * The variable's value: what was assigned to it last in this graph, else its value when the graph starts.
 * @throws OssatureError for a bank that was dissolved
 */
export function read(variable: Variable): Tensor {
  requireStored(stored(variable))
  return context().read(variable)
}

/** The value when the graph starts of a variable that no bank holds. */
export function readBeforeStep(variable: Variable): Tensor {
  return context().before(variable)
}

/**
 * Makes a tensor the variable's value: for every `read` from here on, and after the step. A bank and its pieces may
 * both be assigned.
 * @throws OssatureError when the tensor is not f32 or has another shape, and for a bank that was dissolved
 */
export function assign(variable: Variable, value: Tensor): void {
  requireStored(stored(variable))
  if (value.dtype !== 'f32' || !sameShape(variable.shape, value.shape))
    throw shapeError(`assign ${variable.name}`, [value], `f32[${variable.shape.join(', ')}]`)
  context().write(variable, value)
}

/** Whether the graph that is being traced trains. */
export function isTraining(): boolean {
  return context().isTraining()
}

/**
 * Says that the graph that is being traced moves parameters against a gradient, as optimisers do. If a module of the
 * graph asks `isTraining`, `trace` then requires that its option `training` is given.
 */
export function declareUpdate(): void {
  context().declareUpdate()
}

/** Where the graph that is being traced takes its random numbers from. */
export function randomState(): RandomState {
  return context().random
}

/** Tells the tracing caller, if it asked, what a named module gives. */
export function reportOutput(path: string, output: Tensor): void {
  active?.options.observe?.(path, output)
}

/**
 * Records a function over tensors. `inputs` are the names and types of its arguments, its result names the outputs, and
 * variables that it assigns become state with an update.
 * @throws OssatureError when an operator cannot take the tensors that it is given, and when an optimiser updates parameters
 *   through modules that act differently in training, but `training` is not given
 */
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
