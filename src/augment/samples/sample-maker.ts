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

/** The first field that is not of its type, in words. */
export function fieldDefect(
  recipe: Readonly<Record<string, unknown>>,
  fields: { readonly numbers?: readonly string[]; readonly texts?: readonly string[] },
): string | undefined {
  const number = fields.numbers?.find((key) => !Number.isFinite(recipe[key]))
  if (number) return `no number ${number} in the recipe`
  const text = fields.texts?.find((key) => typeof recipe[key] !== 'string')
  return text && `no ${text} in the recipe`
}
