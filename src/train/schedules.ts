import { OssatureError } from '../errors.ts'

/**
 * A learning rate as a pure function of a position counted from 0. Whether positions are epochs, fractions of
 * an epoch or iterations is decided by `perEpoch`, `perFractionalEpoch` or `perIteration`.
 */
export type Schedule = (position: number) => number

/** Where a run stands just before an optimiser step. All counts start at 0. */
export interface TrainingPosition {
  readonly epoch: number
  /** Iterations done since the start of the phase, over all epochs. */
  readonly iteration: number
  readonly iterationsPerEpoch: number
}

/** A learning rate as the training loop asks for it before every optimiser step. */
export type LearningRate = (position: TrainingPosition) => number

/** The schedule's position is the epoch: the rate is constant within an epoch. */
export function perEpoch(schedule: Schedule): LearningRate {
  return ({ epoch }) => schedule(epoch)
}

/** The schedule's position is the epoch with its fraction, for example 2.5 in the middle of the third epoch. */
export function perFractionalEpoch(schedule: Schedule): LearningRate {
  return ({ iteration, iterationsPerEpoch }) => schedule(iteration / iterationsPerEpoch)
}

/** The schedule's position is the iteration. */
export function perIteration(schedule: Schedule): LearningRate {
  return ({ iteration }) => schedule(iteration)
}

/** The same rate everywhere. */
export function constant(base: number): Schedule {
  requireRate('base', base)
  return () => base
}

/** `base * factor^floor(position / size)`. */
export function step(base: number, size: number, factor = 0.1): Schedule {
  requireRate('base', base)
  requirePositive('size', size)
  return (position) => base * factor ** Math.floor(position / size)
}

/** `base * factor^k`, k being the number of milestones that are <= position. */
export function multiStep(base: number, milestones: readonly number[], factor = 0.1): Schedule {
  requireRate('base', base)
  return (position) => base * factor ** milestones.filter((milestone) => milestone <= position).length
}

/**
 * `base * factors[k]`, k being the last start that is <= position.
 * @throws when `starts` is not increasing from 0 or the lengths differ
 */
export function relativeSteps(base: number, starts: readonly number[], factors: readonly number[]): Schedule {
  requireRate('base', base)
  const increasing = starts.every((start, k) => (k === 0 ? start === 0 : start > starts[k - 1]))
  if (starts.length === 0 || starts.length !== factors.length || !increasing)
    throw new OssatureError('steps of a learning-rate schedule do not fit together', {
      expected: 'starts that increase from 0, and one factor for each',
      found: `starts [${starts}], factors [${factors}]`,
    })
  return (position) => {
    const following = starts.findIndex((start) => start > position)
    const current = following < 0 ? starts.length - 1 : Math.max(0, following - 1)
    return base * factors[current]
  }
}

/**
 * Half a cosine from `base` at 0 to `end` at `total`, and `end` from there on:
 * `end + (base - end) / 2 * (1 + cos(pi * position / total))` (SGDR, arXiv 1608.03983, without restarts).
 */
export function cosine(base: number, total: number, end = 0): Schedule {
  requireRate('base', base)
  requireRate('end', end)
  requirePositive('total', total)
  return (position) => {
    if (position >= total) return end
    return end + ((base - end) / 2) * (1 + Math.cos((Math.PI * position) / total))
  }
}

/** `cosine` by iteration: lr = base/2 * (1 + cos(pi * iteration / total)), towards `end`. */
export function cosinePerIteration(base: number, totalIterations: number, end = 0): LearningRate {
  return perIteration(cosine(base, totalIterations, end))
}

/** `cosine` by epoch: lr = base/2 * (1 + cos(pi * epoch / epochs)), towards `end`. */
export function cosinePerEpoch(base: number, epochs: number, end = 0): LearningRate {
  return perEpoch(cosine(base, epochs, end))
}

export interface WarmUp {
  /** Positions before this one belong to the warm-up; 0 means none. */
  readonly length: number
  /** Rate that the line leaves from. Default 0. */
  readonly start?: number
  /** Rate that the line arrives at. Default: the schedule's value where it takes over. */
  readonly end?: number
  /**
   * `after` (default): position p is at (p + 1) / length of the line, so the first step already moves and the last
   * one of the warm-up has the full rate. `before`: position p is at p / length.
   */
  readonly counted?: 'after' | 'before'
  /** Whether the schedule sees positions from the end of the warm-up (true) or from the start of training (default). */
  readonly shift?: boolean
}

/** A straight line up to a schedule. */
export function linearWarmUp(schedule: Schedule, warmUp: WarmUp): Schedule {
  const { length, start = 0, counted = 'after', shift = false } = warmUp
  if (!(length >= 0))
    throw new OssatureError('length of a warm-up is not a count', { expected: 'a number >= 0', found: String(length) })
  const offset = counted === 'after' ? 1 : 0
  const after: Schedule = shift ? (position) => schedule(position - length) : schedule
  const end = warmUp.end ?? after(length)
  return (position) => {
    if (position >= length) return after(position)
    return start + ((end - start) * (position + offset)) / length
  }
}

function requireRate(name: string, rate: number): void {
  if (!(rate >= 0 && Number.isFinite(rate)))
    throw new OssatureError(`${name} of a learning-rate schedule is not a rate`, {
      expected: 'a finite number >= 0',
      found: String(rate),
    })
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0))
    throw new OssatureError(`${name} of a learning-rate schedule is not positive`, {
      expected: 'a number > 0',
      found: String(value),
    })
}
