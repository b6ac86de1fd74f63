import type { InputShapes, SampleRecipe } from '../../augment/samples/index.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { registeredLayout } from '../../skeleton/layouts/index.ts'
import { storedLayout } from '../../skeleton/stored-layout.ts'
import { exportOnnx, f32, softmax, trace } from '../../tensor/index.ts'
import type { ClipClassifier } from './score-clips.ts'

/** What a program needs to know to feed an exported classifier; written into the file's metadata. */
export interface ClassifierFacts {
  readonly system: string
  /** Name of the skeleton layout. */
  readonly layout: string
  /** The layout itself, where it is none of the published ones. */
  readonly ownLayout?: Layout
  readonly classes: readonly string[]
  readonly recipe: SampleRecipe
}

/** Keys of the metadata of an exported classifier. */
export const METADATA = { format: 'ossature.format', facts: 'ossature.classifier' } as const

/**
 * An ONNX file with the input `clip` (1, M, T, V, C), and `index_t` (1, T) where the network sees it, and the outputs `logits` and `probabilities` (1, classes). A layout
 * of one's own is written into it.
 * @param shapes those of one sample's inputs
 */
export function exportClassifier(model: ClipClassifier, shapes: InputShapes, facts: ClassifierFacts): Uint8Array {
  const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, f32(1, ...shape)]))
  const graph = trace(inputs, ({ clip, index_t }) => {
    const logits = model.forward(clip, index_t)
    return { logits, probabilities: softmax(logits) }
  })
  const own = registeredLayout(facts.layout)
  const written: ClassifierFacts = { ...facts, ...(own && { ownLayout: storedLayout(own) }) }
  return exportOnnx(graph, { [METADATA.format]: '1', [METADATA.facts]: JSON.stringify(written) })
}
