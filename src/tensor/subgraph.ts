import type { Tensor } from './tensor.ts'

/** A graph inside an operator, as the body of a loop. It is an attribute of the operator. */
export class Subgraph {
  /** What the operator feeds it. */
  readonly inputs: readonly Tensor[]
  /** What it reads of the graph around it: each stands for one of the last inputs of the operator. */
  readonly outer: readonly Tensor[]
  readonly outputs: readonly Tensor[]

  constructor(inputs: readonly Tensor[], outer: readonly Tensor[], outputs: readonly Tensor[]) {
    this.inputs = inputs
    this.outer = outer
    this.outputs = outputs
  }
}
