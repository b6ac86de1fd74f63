import type { StagedClassifier } from '../../models/staged-backbone.ts'
import { Module } from '../../nn/index.ts'
import type { Tensor, Variable } from '../../tensor/index.ts'
import type { RefinementHeads } from './refinement-heads.ts'

/** A classifier with refinement heads, which take part in training only; names as in the authors' state dict. */
export class RefinedClassifier extends Module {
  readonly classifier: StagedClassifier
  readonly heads: RefinementHeads

  constructor(classifier: StagedClassifier, heads: RefinementHeads) {
    super()
    this.classifier = classifier
    this.heads = heads
  }

  override *variables(prefix = ''): Generator<[string, Variable]> {
    yield* this.classifier.variables(prefix)
    yield* this.heads.variables(prefix)
  }

  override *parts(): Generator<[string, Module]> {
    yield* this.classifier.parts()
    yield* this.heads.parts()
  }

  /** x (N, M, T, V, C) to logits (N, classes). */
  forward(x: Tensor): Tensor {
    return this.classifier.forward(x)
  }

  /** The logits (N, classes), and the contrastive loss of the heads for labels (N). */
  forwardRefined(x: Tensor, label: Tensor): { logits: Tensor; contrast: Tensor } {
    const stages = this.classifier.backbone.forwardStages(x)
    const logits = this.classifier.classify(stages.at(-1)!, x.shape[1])
    return { logits, contrast: this.heads.forward(stages, label, logits) }
  }
}
