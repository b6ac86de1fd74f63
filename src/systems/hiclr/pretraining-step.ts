import { crossEntropy, moveTowards, type Optimizer } from '../../nn/index.ts'
import {
  add,
  constant,
  f32,
  multiply,
  normalize,
  type RandomState,
  stopGradient,
  type Tensor,
  type TracedGraph,
  trace,
} from '../../tensor/index.ts'
import { enqueue, queueLogits } from '../../train/representation/feature-queue.ts'
import { directionalConsistency, multiplePositivesLoss, nearestPositives, type Positives } from './consistency.ts'
import type { ContrastiveNetwork } from './contrastive-network.ts'
import type { BatchShape, StrongView } from './strong-view.ts'

export interface PretrainingOptions {
  /** The share of itself that the key encoder keeps. */
  readonly momentum?: number
  /** Divides the similarities. */
  readonly temperature?: number
  /** Whether the nearest columns of the queue count as positives, as in the second phase; how many per branch. */
  readonly mining?: boolean
  readonly topk?: number
}

/** The four views (N, M, T, V, C) of the clips of a batch, each drawn on its own. */
export interface GrowingViews {
  readonly queryBasic: Tensor
  readonly keyBasic: Tensor
  readonly normal: Tensor
  readonly strong: Tensor
}

export interface PretrainingTerms {
  readonly loss: Tensor
  /** InfoNCE of the basic view, or of its nearest positives. */
  readonly contrast: Tensor
  /** The normal view against the basic one, the strong view against the normal one. */
  readonly consistency: readonly [Tensor, Tensor]
  /** Similarities (N, 1 + K) of the three branches, with the key first. */
  readonly logits: readonly [Tensor, Tensor, Tensor]
  /** Where positives are mined. */
  readonly positives?: Positives
}

/**
 * The forward pass of a pre-training step (arXiv 2211.13466; authors' code): three query branches, the key encoder moved
 * and run, the loss, and the keys put into the queue.
 * @param encodeStrong the third branch
 */
export function pretrainingTerms(
  network: ContrastiveNetwork,
  views: GrowingViews,
  encodeStrong: (x: Tensor) => Tensor,
  options: PretrainingOptions = {},
): PretrainingTerms {
  const { momentum = 0.999, temperature = 0.07, mining = false, topk = 1 } = options
  const { encoder_q, encoder_k, queue, queue_ptr } = network
  const queries = [encoder_q.forward(views.queryBasic), encoder_q.forward(views.normal), encodeStrong(views.strong)]
  moveTowards(encoder_k.parameters(), encoder_q.parameters(), momentum)
  const keys = stopGradient(normalize(encoder_k.forward(views.keyBasic)))
  const [basic, normal, strong] = queries.map((query) => queueLogits(normalize(query), keys, queue, temperature))
  const positives = mining ? nearestPositives([basic, normal, strong], topk) : undefined
  const contrast = positives ? multiplePositivesLoss(basic, positives) : keyLoss(basic)
  const consistency = [directionalConsistency(basic, normal), directionalConsistency(normal, strong)] as const
  enqueue(queue_ptr, [{ queue, keys }])
  const loss = add(contrast, multiply(add(consistency[0], consistency[1]), 0.5))
  return { loss, contrast, consistency, logits: [basic, normal, strong], positives }
}

/** InfoNCE of similarities (N, 1 + K) whose first column is the key's. */
function keyLoss(logits: Tensor): Tensor {
  const [N] = logits.shape
  return crossEntropy(logits, constant(new Int32Array(N), [N]))
}

/**
 * A whole pre-training step as a graph. Inputs: the four views, `learningRate`, and those of the strong view. Outputs:
 * `loss`, and `contrast`, `consistency1`, `consistency2`, of which it is made.
 */
export function tracePretrainingStep(
  network: ContrastiveNetwork,
  optimizer: Optimizer,
  shape: BatchShape,
  strongView: StrongView,
  options: PretrainingOptions & { readonly random: RandomState },
): TracedGraph {
  const view = f32(...shape)
  return trace(
    { queryBasic: view, keyBasic: view, normal: view, strong: view, learningRate: f32(), ...strongView.inputs },
    ({ learningRate, queryBasic, keyBasic, normal, strong, ...rest }) => {
      const terms = pretrainingTerms(
        network,
        { queryBasic, keyBasic, normal, strong },
        (x) => strongView.encode(network.encoder_q, x, rest as Record<string, Tensor>),
        options,
      )
      optimizer.update(terms.loss, learningRate)
      const [consistency1, consistency2] = terms.consistency
      return { loss: terms.loss, contrast: terms.contrast, consistency1, consistency2 }
    },
    { training: true, random: options.random },
  )
}
