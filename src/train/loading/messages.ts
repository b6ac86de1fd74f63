import type { SampleRecipe } from '../../augment/samples/index.ts'
import type { Key } from '../../random/philox.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'

/** What a loading thread is told once. */
export interface LoadingTask {
  readonly recipe: SampleRecipe
  readonly layout: Layout
}

/** The clips of one batch as recorded, and the stream that the batch draws from. */
export interface BatchRequest {
  readonly id: number
  readonly clips: readonly Points[]
  /** Another clip of the class of each, where the recipe asks for that. */
  readonly partners?: readonly Points[]
  readonly key: Key
}

/** The inputs of the batch by name, or why there is none. */
export type BatchAnswer =
  | { readonly id: number; readonly batch: Record<string, Float32Array<ArrayBuffer>> }
  | {
      readonly id: number
      readonly failure: Error
      /** Whether it was an `OssatureError`, which does not keep its class on the way. */
      readonly mendable: boolean
    }
