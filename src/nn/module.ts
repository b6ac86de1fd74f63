import { OssatureError } from '../errors.ts'
import type { RandomStream } from '../random/stream.ts'
import { inScope, reportOutput, type Shape, Tensor, Variable } from '../tensor/index.ts'
import type { Initializer } from './initialization.ts'

/** A trained tensor. Its name is its path from the network's root. */
export class Parameter extends Variable {
  readonly initialize: Initializer

  /** @throws OssatureError when an axis has no element, as in a layer without channels */
  constructor(shape: Shape, initialize: Initializer) {
    if (!shape.every((n) => Number.isInteger(n) && n >= 1)) {
      throw new OssatureError('a parameter cannot have this shape', {
        expected: 'lengths of 1 or more, as layers of at least one channel have',
        found: `[${shape.join(', ')}]`,
      })
    }
    super('', 'parameter', shape)
    this.initialize = initialize
  }
}

/** A tensor that training changes without a gradient (running statistics), or that is fixed (an adjacency). */
export class Buffer extends Variable {
  constructor(values: Float32Array, shape: Shape) {
    super('', 'buffer', shape, values)
  }
}

/**
 * A part of a network. Its parameters, buffers and parts are its own fields, and the names of the fields are the names
 * in the state dict; arrays of them are numbered.
 */
export abstract class Module {
  /** Parameters and buffers by their path below this module: its own first, then those of its parts. */
  *variables(prefix = ''): Generator<[string, Variable]> {
    for (const [name, value] of fieldsOf(this)) if (value instanceof Variable) yield [prefix + name, value]
    for (const [name, part] of this.parts()) yield* part.variables(`${prefix}${name}.`)
  }

  /** The modules that this one is made of, by field name. */
  *parts(): Generator<[string, Module]> {
    for (const [name, value] of fieldsOf(this)) if (value instanceof Module) yield [name, value]
  }

  /** Trained tensors in state-dict order; one that two parts share stands once. */
  parameters(): Parameter[] {
    return this.distinctVariables().filter((v) => v instanceof Parameter)
  }

  /** Buffers in state-dict order, each once. */
  buffers(): Buffer[] {
    return this.distinctVariables().filter((v) => v instanceof Buffer)
  }

  private distinctVariables(): Variable[] {
    return [...new Set([...this.variables()].map(([, variable]) => variable))]
  }
}

/** Names and values of the fields, those of arrays entry by entry. */
function* fieldsOf(module: Module): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(module)) {
    if (Array.isArray(value)) for (const [i, entry] of value.entries()) yield [`${name}.${i}`, entry]
    else yield [name, value]
  }
}

/** Modules and functions that are applied one after the other. A function counts in the numbers of the state dict. */
export class Sequential extends Module {
  private readonly steps: readonly (Forward | ((x: Tensor) => Tensor))[]

  constructor(...steps: (Forward | ((x: Tensor) => Tensor))[]) {
    super()
    this.steps = steps
  }

  override *parts(): Generator<[string, Module]> {
    for (const [i, step] of this.steps.entries()) if (step instanceof Module) yield [String(i), step]
  }

  /** @throws OssatureError where a function stands, or nothing */
  at(index: number): Forward {
    const step = this.steps[index]
    if (!(step instanceof Module)) throw new OssatureError(`there is no module at ${index} of a sequence`)
    return step as Forward
  }

  forward(x: Tensor): Tensor {
    return this.steps.reduce((t, step) => (step instanceof Module ? step.forward(t) : step(t)), x)
  }
}

/** A module that maps one tensor to one tensor. */
export type Forward = Module & { forward(x: Tensor): Tensor }

/**
 * Gives every parameter, buffer and part of a network its path as name, so that messages, profiles and files can name
 * them. Parts run their `forward` in the scope of their path.
 */
export function nameParts<M extends Module>(root: M): M {
  for (const [name, variable] of root.variables()) variable.name = name
  nameScopes(root, '')
  return root
}

/** `forward` of each module as its class has it, so that a part that is named again inside a larger network gets one scope. */
const unscopedForward = new WeakMap<Module, unknown>()

function nameScopes(module: Module, path: string): void {
  const forward: unknown = unscopedForward.get(module) ?? (module as { forward?: unknown }).forward
  if (typeof forward === 'function') {
    unscopedForward.set(module, forward)
    const scoped = (...inputs: unknown[]) => {
      const output = inScope(path, () => forward.apply(module, inputs))
      if (output instanceof Tensor) reportOutput(path, output)
      return output
    }
    Object.defineProperty(module, 'forward', { value: scoped, enumerable: false, configurable: true })
  }
  for (const [name, part] of module.parts()) nameScopes(part, path ? `${path}.${name}` : name)
}

/** Fills every parameter by its initialiser, from a stream of its own per parameter name. */
export function initialize<M extends Module>(root: M, random: RandomStream): M {
  for (const [name, variable] of root.variables()) {
    if (variable instanceof Parameter) variable.initialize(variable.values, variable.shape, random.fork(name))
  }
  return root
}
