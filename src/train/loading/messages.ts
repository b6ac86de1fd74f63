import type { ClipRecipe } from '../../augment/clip-recipe.ts'
import type { Key } from '../../random/philox.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'

/** What a loading thread is told once. */
export interface LoadingTask {
  readonly recipe: ClipRecipe
  readonly layout: Layout
}

/** The clips of one batch as recorded, and the stream that the batch draws from. */
export interface BatchRequest {
  readonly id: number
  readonly clips: readonly Points[]
  readonly key: Key
}

/** The batch (N, M, T, V, C), or why there is none. */
export type BatchAnswer =
  | { readonly id: number; readonly batch: Float32Array<ArrayBuffer> }
  | { readonly id: number; readonly failure: Error }
