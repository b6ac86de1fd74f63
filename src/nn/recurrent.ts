import {
  concat,
  dropout,
  full,
  linear,
  read,
  reshape,
  type Shape,
  sameShape,
  shapeError,
  split,
  swapLastAxes,
  type Tensor,
  transpose,
  unsqueeze,
} from '../tensor/index.ts'
import { frameworkBias } from './initialization.ts'
import { Module, Parameter } from './module.ts'
import { requireOption } from './require-option.ts'

export interface RecurrentOptions {
  /** Layers on top of each other; default 1. */
  readonly layers?: number
  /** Whether the gates have offsets; default true. */
  readonly bias?: boolean
  /** Whether a second recurrence runs from the last frame to the first, its outputs last; default false. */
  readonly bidirectional?: boolean
  /** Whether sequences are (N, T, C) instead of (T, N, C); default true. States are (layers * directions, N, hidden). */
  readonly batchFirst?: boolean
  /** Share of the outputs of every layer but the last that training sets to zero; default 0. */
  readonly dropout?: number
}

/** Parameters of one layer in one direction. */
export interface Cell {
  readonly weight_ih: Parameter
  readonly weight_hh: Parameter
  readonly bias_ih?: Parameter
  readonly bias_hh?: Parameter
}

/** What the steps of a cell have in common, put in front of the loop. */
export interface Recurrence {
  /** Added to the products of all inputs. */
  readonly inputBias?: Tensor
  /** The next states from one frame's share of the gates (N, gates * hidden) and the present states (N, hidden). */
  step(gates: Tensor, states: readonly Tensor[]): readonly Tensor[]
}

/**
 * Recurrent layers with PyTorch's parameter names (weight_ih_l0, ..., bias_hh_l1_reverse), unrolled over the frames.
 * The products with the inputs are one matrix product in front of the loop.
 */
export abstract class Recurrent extends Module {
  readonly hiddenSize: number
  readonly options: Required<RecurrentOptions>
  private readonly gates: number
  /** By layer, then by direction. */
  private readonly cells: readonly (readonly Cell[])[]

  /** @param gates products of one step, in units of the hidden size */
  constructor(gates: number, inputSize: number, hiddenSize: number, options: RecurrentOptions) {
    super()
    const { layers = 1, bias = true, bidirectional = false, batchFirst = true, dropout: rate = 0 } = options
    requireOption(Number.isInteger(layers) && layers >= 1, new.target.name, 'layers', '1 or more', layers)
    this.options = { layers, bias, bidirectional, batchFirst, dropout: rate }
    this.hiddenSize = hiddenSize
    this.gates = gates
    const directions = bidirectional ? ['', '_reverse'] : ['']
    this.cells = Array.from({ length: layers }, (_, layer) =>
      directions.map((direction) => {
        const inputs = layer === 0 ? inputSize : hiddenSize * directions.length
        const cell = createCell(gates, inputs, hiddenSize, bias)
        for (const [name, parameter] of Object.entries(cell)) {
          Object.assign(this, { [`${name}_l${layer}${direction}`]: parameter })
        }
        return cell
      }),
    )
  }

  protected abstract recurrence(cell: Cell, recurrentWeight: Tensor): Recurrence

  /**
   * Outputs of the last layer for every frame, and the last states of all layers, one tensor per state of a cell.
   * @param initial the first states, in the form of the last ones; zero when absent
   */
  protected unroll(x: Tensor, states: number, initial?: readonly Tensor[]): { output: Tensor; last: Tensor[] } {
    const inputSize = this.cells[0][0].weight_ih.shape[1]
    if (x.rank !== 3 || x.shape[2] !== inputSize) {
      const axes = this.options.batchFirst ? 'N, T' : 'T, N'
      throw shapeError(this.constructor.name, [x], `x (${axes}, ${inputSize})`)
    }
    let sequence = this.options.batchFirst ? transpose(x, [1, 0, 2]) : x
    const batch = sequence.shape[1]
    const starts = this.startingStates(states, batch, initial)
    const ends: (readonly Tensor[])[] = []
    this.cells.forEach((directions, layer) => {
      if (layer > 0) sequence = dropout(sequence, this.options.dropout)
      const swept = directions.map((cell, direction) => {
        const start = starts.map((state) => state[layer * directions.length + direction])
        return this.sweep(sequence, cell, start, direction === 1)
      })
      ends.push(...swept.map(({ last }) => last))
      sequence = concat(
        swept.map(({ output }) => output),
        2,
      )
    })
    const last = starts.map((_, i) =>
      concat(
        ends.map((end) => unsqueeze(end[i], 0)),
        0,
      ),
    )
    return { output: this.options.batchFirst ? transpose(sequence, [1, 0, 2]) : sequence, last }
  }

  /** By state of a cell, then by layer and direction: (N, hidden). */
  private startingStates(states: number, batch: number, initial?: readonly Tensor[]): readonly (readonly Tensor[])[] {
    const rows = this.cells.length * this.cells[0].length
    const shape: Shape = [rows, batch, this.hiddenSize]
    return Array.from({ length: states }, (_, i) => {
      const given = initial?.[i]
      if (!given) return Array<Tensor>(rows).fill(full(shape.slice(1), 0))
      if (!sameShape(given.shape, shape)) throw shapeError(this.constructor.name, [given], `a state (${shape})`)
      return rowsOf(given)
    })
  }

  /** One layer in one direction over x (T, N, C); its output is (T, N, hidden) in the order of x. */
  private sweep(x: Tensor, cell: Cell, start: readonly Tensor[], backwards: boolean) {
    const [frames, batch, inputs] = x.shape
    const recurrence = this.recurrence(cell, swapLastAxes(read(cell.weight_hh)))
    const products = linear(reshape(x, [frames * batch, inputs]), read(cell.weight_ih), recurrence.inputBias)
    const gates = rowsOf(reshape(products, [frames, batch, this.gates * this.hiddenSize]))
    const outputs = Array<Tensor>(frames)
    let states = start
    for (let i = 0; i < frames; i++) {
      const frame = backwards ? frames - 1 - i : i
      states = recurrence.step(gates[frame], states)
      outputs[frame] = unsqueeze(states[0], 0)
    }
    return { output: concat(outputs, 0), last: states }
  }
}

/** Entries of the first axis. */
function rowsOf(x: Tensor): Tensor[] {
  const rows = split(x, 0, Array<number>(x.shape[0]).fill(1))
  return rows.map((row) => reshape(row, x.shape.slice(1)))
}

function createCell(gates: number, inputs: number, hidden: number, bias: boolean): Cell {
  // PyTorch fills all of them alike, uniform within 1 / sqrt(hidden).
  const initial = frameworkBias(hidden)
  const weights = {
    weight_ih: new Parameter([gates * hidden, inputs], initial),
    weight_hh: new Parameter([gates * hidden, hidden], initial),
  }
  if (!bias) return weights
  return {
    ...weights,
    bias_ih: new Parameter([gates * hidden], initial),
    bias_hh: new Parameter([gates * hidden], initial),
  }
}
