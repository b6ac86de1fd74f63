import type { ClipRecipe } from '../augment/clip-recipe.ts'
import { exportOnnx, f32, softmax, trace } from '../tensor/index.ts'
import type { ClipClassifier } from './score-clips.ts'

/** What a program needs to know to feed an exported classifier; written into the file's metadata. */
export interface ClassifierFacts {
  readonly system: string
  readonly layout: string
  readonly classes: readonly string[]
  readonly recipe: ClipRecipe
}

/** Keys of the metadata of an exported classifier. */
export const METADATA = { format: 'ossature.format', facts: 'ossature.classifier' } as const

/**
 * An ONNX file with the input `clip` (1, M, T, V, C) and the outputs `logits` and `probabilities` (1, classes).
 * @param shape one sample's (M, T, V, C)
 */
export function exportClassifier(model: ClipClassifier, shape: readonly number[], facts: ClassifierFacts): Uint8Array {
  const graph = trace({ clip: f32(1, ...shape) }, ({ clip }) => {
    const logits = model.forward(clip)
    return { logits, probabilities: softmax(logits) }
  })
  return exportOnnx(graph, { [METADATA.format]: '1', [METADATA.facts]: JSON.stringify(facts) })
}
