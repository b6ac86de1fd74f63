import { OssatureError } from '../errors.ts'
import { type Attributes, Node, type Tensor, type TensorType } from './tensor.ts'

/** A gradient per input; `undefined` where there is none. */
export type InputGradients = readonly (Tensor | undefined)[]

export interface GradientContext {
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  readonly attributes: Attributes
  /** Whether the gradient of an input is wanted; rules skip the work where it is not. */
  needs(input: number): boolean
}

/** Integer or float values that ONNX takes as constant inputs although they are static here. */
export interface ConstantInput {
  readonly dtype: 'i64' | 'f32'
  readonly values: readonly number[]
  /** A scalar instead of a vector. */
  readonly scalar?: boolean
}

/** What the engine knows of one ONNX operator. */
export interface Operator {
  /** ONNX domain; empty for the standard one. */
  readonly domain?: string
  /** Name in its ONNX domain, where two domains use one name. */
  readonly onnxName?: string
  /** Whether ONNX lets a graph leave out the outputs that nothing uses, but the first. */
  readonly optionalOutputs?: boolean
  /** Types of the outputs; throws a shape error. */
  infer(inputs: readonly Tensor[], attributes: Attributes): TensorType[]
  /** Vector-Jacobian product. `gradients` has one entry per output. */
  gradient?(context: GradientContext, gradients: readonly (Tensor | undefined)[]): InputGradients
  /** Constant inputs that follow the tensor inputs in ONNX; `undefined` leaves an optional input out. */
  constantInputs?(attributes: Attributes): (ConstantInput | undefined)[]
  /** Attributes as ONNX writes them; all of them when absent. */
  onnxAttributes?(attributes: Attributes): Attributes
}

const operators = new Map<string, Operator>()

/** Makes an operator known under its ONNX name. */
export function defineOperator(name: string, operator: Operator): void {
  operators.set(name, operator)
}

/** Names of all operators that are known. */
export function operatorNames(): string[] {
  return [...operators.keys()]
}

export function operatorNamed(name: string): Operator {
  const operator = operators.get(name)
  if (!operator) throw new OssatureError(`unknown operator ${name}`, { where: 'graph' })
  return operator
}

/** All outputs of one operator. */
export function applyAll(name: string, inputs: readonly Tensor[], attributes: Attributes = {}): readonly Tensor[] {
  return new Node(name, inputs, attributes, operatorNamed(name).infer(inputs, attributes)).outputs
}

/** The first output of one operator. */
export function apply(name: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  return applyAll(name, inputs, attributes)[0]
}
