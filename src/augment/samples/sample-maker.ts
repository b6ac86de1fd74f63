import type { RandomStream } from '../../random/stream.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'

/**
 * What a network is given for one clip, by the names of its inputs. Most have one, `clip` (M, T, V, C); `index_t` (T) is
 * when its frames were taken.
 */
export type SampleInputs = Readonly<Record<string, Float32Array>>

/** Shapes of the inputs of one sample, by name. */
export type InputShapes = Readonly<Record<string, readonly number[]>>

/** Joints and coordinates of the clips of a data set. */
export interface ClipForm {
  readonly joints: number
  readonly channels: number
}

/** How clips become what a network sees, for one kind of recipe: pure functions of clip, recipe and random stream. */
export interface SampleMaker<R> {
  shapes(recipe: R, form: ClipForm): InputShapes
  /** What of the recipe is the same every time a clip is used. */
  prepared(points: Points, recipe: R, layout: Layout): Points
  /**
   * One augmented training sample of a prepared clip.
   * @param partner another prepared clip of the same class, or the same clip
   */
  training(prepared: Points, recipe: R, layout: Layout, stream: RandomStream, partner: Points): SampleInputs
  /** The test samples of a prepared clip; one where the recipe knows one way to sample a test clip. */
  test(prepared: Points, recipe: R, layout: Layout, clips: number): SampleInputs[]
  /** Whether training samples need a partner. */
  takesPartner?(recipe: R): boolean
  /** What is wrong with a recipe that was read from a file; undefined when it is whole. */
  defect(recipe: Readonly<Record<string, unknown>>): string | undefined
}

/** What a field of a recipe must be. */
export interface FieldRule {
  /** In words. */
  readonly expected: string
  fits(value: unknown): boolean
}

const wholeNumber = (least: number, most: number): FieldRule => ({
  expected: `a whole number from ${least} to ${most}`,
  fits: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
})

/** Persons of a sample: more than networks see, and few enough for the memory. */
export const PERSONS = wholeNumber(1, 100)
/** Frames of a sample, with the same limits in mind. */
export const FRAMES = wholeNumber(1, 100_000)
/** Index of a joint. */
export const JOINT = wholeNumber(0, 4095)

/** A finite number. */
export const NUMBER: FieldRule = { expected: 'a number', fits: Number.isFinite }

/** One of these values. */
export const oneOf = (...values: readonly unknown[]): FieldRule => ({
  expected: `one of ${values.map(String).join(', ')}`,
  fits: (value) => values.includes(value),
})

/** The same, or nothing. */
export const optional = ({ expected, fits }: FieldRule): FieldRule => ({
  expected,
  fits: (value) => value === undefined || fits(value),
})

/** The first field that is not what it must be, in words. */
export function fieldDefect(
  recipe: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, FieldRule>>,
): string | undefined {
  const wrong = Object.entries(rules).find(([field, rule]) => !rule.fits(recipe[field]))
  return wrong && `${wrong[0]} in the recipe is not ${wrong[1].expected}`
}
