import { OssatureError } from '../errors.ts'
import type { CompiledStep, Device } from '../runtime/device.ts'
import {
  absolute,
  add,
  assign,
  constant,
  divide,
  gradients,
  greater,
  max,
  maximum,
  mean,
  minimum,
  multiply,
  read,
  type Shape,
  sign,
  subtract,
  type Tensor,
  trace,
  Variable,
  where,
} from '../tensor/index.ts'

/** (N, M, T, V, C) */
export type ClipShape = readonly [number, number, number, number, number]

export interface IterativeAttackOptions {
  readonly iterations: number
  /** How far one iteration moves a coordinate, in the clips' unit (alpha). */
  readonly stepSize: number
  /** How far a coordinate may be from the clean one, in the clips' unit (epsilon of the l-infinity norm). */
  readonly budget: number
  /** Share of the former direction that is added (mu): 0 is I-FGSM (arXiv 1607.02533), 1 MI-FGSM (arXiv 1710.06081). */
  readonly momentum: number
  /** Whether the first person moves even where it is 0 throughout, as in the release of the SMI attack. Default no. */
  readonly firstMoves?: boolean
}

/** What is attacked. */
export interface IterativeAttackPlan<Name extends string> {
  readonly shape: ClipShape
  /** Shapes of what the objective needs beside the clips, float32, the same in all iterations. */
  readonly constants: Readonly<Record<Name, Shape>>
  /** A number that the attack increases, of clips (N, M, T, V, C). Networks are traced as in evaluation. */
  objective(x: Tensor, constants: Readonly<Record<Name, Tensor>>): Tensor
  /** What a gradient, of mean absolute value 1 per clip, adds to the direction; the gradient itself when absent. */
  inform?(gradient: Tensor, constants: Readonly<Record<Name, Tensor>>): Tensor
}

export interface AttackWatch {
  readonly signal?: AbortSignal
  /** Told the objective before each update; a promise is waited for. */
  onIteration?(done: number, objective: number): void | Promise<void>
}

/**
 * Moves the coordinates of clips by the sign of a gradient, again and again, within a budget around the clean ones.
 * Persons that are 0 throughout stay so. One compiled step, whose clips and direction stay on the device.
 */
export class IterativeAttack<Name extends string> {
  private readonly options: IterativeAttackOptions
  private readonly device: Device
  private readonly step: CompiledStep
  private readonly state: AttackState<Name>

  private constructor(options: IterativeAttackOptions, device: Device, step: CompiledStep, state: AttackState<Name>) {
    this.options = options
    this.device = device
    this.step = step
    this.state = state
  }

  /** @throws OssatureError when an option is out of range */
  static async compile<Name extends string>(
    plan: IterativeAttackPlan<Name>,
    options: IterativeAttackOptions,
    device: Device,
  ): Promise<IterativeAttack<Name>> {
    checkOptions(options)
    const state = attackState(plan)
    const step = await device.compile(trace({}, () => ({ objective: attackStep(plan, options, state) })))
    return new IterativeAttack(options, device, step, state)
  }

  /**
   * The attacked clips.
   * @param clean (N, M, T, V, C)
   */
  async run(
    clean: Float32Array,
    constants: Readonly<Record<Name, Float32Array>>,
    { signal, onIteration }: AttackWatch = {},
  ): Promise<Float32Array> {
    const { state, device } = this
    state.clean.values.set(clean)
    state.x.values.set(clean)
    state.direction.values.fill(0)
    for (const [name, variable] of entries(state.constants)) variable.values.set(constants[name])
    device.push([state.clean, state.x, state.direction, ...Object.values<Variable>(state.constants)])
    for (let done = 0; done < this.options.iterations; done++) {
      signal?.throwIfAborted()
      const { objective } = await this.step.run({})
      await onIteration?.(done + 1, objective[0])
    }
    await device.pull([state.x])
    return state.x.values.slice()
  }

  /** The direction whose sign was added last, (N, M, T, V, C). */
  async direction(): Promise<Float32Array> {
    await this.device.pull([this.state.direction])
    return this.state.direction.values.slice()
  }

  release(): Promise<void> {
    return this.step.release()
  }
}

interface AttackState<Name extends string> {
  readonly clean: Variable
  readonly x: Variable
  readonly direction: Variable
  readonly constants: Readonly<Record<Name, Variable>>
}

function attackState<Name extends string>({ shape, constants }: IterativeAttackPlan<Name>): AttackState<Name> {
  const slot = (name: string, of: Shape) => new Variable(`attack.${name}`, 'slot', of)
  const own = Object.fromEntries(entries(constants).map(([name, of]) => [name, slot(`constant.${name}`, of)]))
  return {
    clean: slot('clean', shape),
    x: slot('x', shape),
    direction: slot('direction', shape),
    constants: own as Record<Name, Variable>,
  }
}

/** One iteration; gives the objective before it. */
function attackStep<Name extends string>(
  plan: IterativeAttackPlan<Name>,
  { stepSize, budget, momentum, firstMoves = false }: IterativeAttackOptions,
  state: AttackState<Name>,
): Tensor {
  const x = read(state.x)
  const clean = read(state.clean)
  const constants = Object.fromEntries(
    entries(state.constants).map(([name, variable]) => [name, read(variable)]),
  ) as Record<Name, Tensor>
  const objective = plan.objective(x, constants)
  const [gradient] = gradients(objective, [x])
  if (!gradient) throw new OssatureError('what is attacked does not depend on the clips')
  const scaled = divideByMean(gradient)
  const informed = plan.inform ? plan.inform(scaled, constants) : scaled
  const direction = momentum === 0 ? informed : add(informed, multiply(read(state.direction), momentum))
  const moved = add(x, multiply(sign(direction), stepSize))
  const within = minimum(maximum(moved, subtract(clean, budget)), add(clean, budget))
  const extent = max(absolute(clean), [2, 3, 4])
  const first = Float32Array.from({ length: plan.shape[1] }, (_, person) => (person === 0 ? 1 : 0))
  const present = greater(firstMoves ? add(extent, constant(first, [1, first.length, 1, 1, 1])) : extent, 0)
  assign(state.direction, direction)
  assign(state.x, where(present, within, clean))
  return objective
}

/** Gradients of mean absolute value 1 per clip; 0 where a gradient is 0. */
function divideByMean(gradient: Tensor): Tensor {
  return divide(gradient, maximum(mean(absolute(gradient), [1, 2, 3, 4]), 1e-30))
}

function checkOptions(options: IterativeAttackOptions): void {
  const { iterations, stepSize, budget, momentum } = options
  const whole = Number.isInteger(iterations) && iterations >= 0
  if (whole && stepSize > 0 && budget >= 0 && momentum >= 0) return
  throw new OssatureError('an attack cannot be made with these options', {
    expected: 'a whole number of iterations, a positive step size, budget and momentum of 0 or more',
    found: `iterations ${iterations}, step size ${stepSize}, budget ${budget}, momentum ${momentum}`,
  })
}

function entries<Name extends string, T>(record: Readonly<Record<Name, T>>): [Name, T][] {
  return Object.entries(record) as [Name, T][]
}
