import type { SampleRecipe } from '../../augment/samples/index.ts'
import { initialize, type Module, nameParts, type Optimizer, type Parameter } from '../../nn/index.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { Device } from '../../runtime/device.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { Bank, RandomState, type Tensor, type Variable } from '../../tensor/index.ts'
import { AveragedNetwork } from '../../train/averaged-network.ts'
import { ClipSamples } from '../../train/classifier/clip-samples.ts'
import { exportClassifier } from '../../train/classifier/export-classifier.ts'
import { type ClipClassifier, Scorer } from '../../train/classifier/score-clips.ts'
import { BatchLoader } from '../../train/loading/batch-loader.ts'
import type { ClassificationProblem } from './problem.ts'

/** A module that maps clips to logits. */
export type ClassifierNetwork = Module & ClipClassifier

/** What a network is built for. */
export interface ClassifierInput {
  readonly layout: Layout
  /** M, T and C of `clip`. */
  readonly persons: number
  readonly clipLength: number
  readonly channels: number
  readonly classes: number
}

/** What one system's classifier is made of. */
export interface ClassifierParts<N extends ClassifierNetwork> {
  /** How clips become what the network sees. */
  readonly recipe: SampleRecipe
  /** The network without values; called twice where a moving average of it is kept. */
  network(input: ClassifierInput): N
  optimizer(parameters: readonly Parameter[], network: N): Optimizer
  /** Seed of the initial values and of dropout. */
  readonly seed: number
  /** Threads that prepare training batches; 0 prepares them between the steps. */
  readonly loaders?: number
  /** Share of itself that a moving average of the network keeps at every step; 0 for none. */
  readonly averaging?: number
}

/** A network with its samples and optimiser. */
export class Classifier<N extends ClassifierNetwork = ClassifierNetwork> {
  readonly samples: ClipSamples
  readonly model: N
  readonly optimizer: Optimizer
  /** What dropout draws from. */
  readonly random: RandomState
  /** What a checkpoint holds, by name. */
  readonly variables: ReadonlyMap<string, Variable>
  /** Tested and exported in place of the trained network, where one is kept. */
  private readonly average: AveragedNetwork<N> | undefined
  private readonly loader: BatchLoader
  private readonly problem: ClassificationProblem
  private readonly device: Device
  private scorer: Scorer | undefined

  constructor(parts: ClassifierParts<N>, problem: ClassificationProblem, device: Device) {
    const { recipe, seed, loaders = 0, averaging = 0 } = parts
    this.problem = problem
    this.device = device
    this.samples = new ClipSamples(problem.dataset, recipe, problem.train)
    this.loader = new BatchLoader(this.samples, loaders)
    const [persons, clipLength, , channels] = this.samples.shapes.clip
    const input: ClassifierInput = {
      layout: this.samples.layout,
      persons,
      clipLength,
      channels,
      classes: problem.dataset.classes.length,
    }
    this.model = nameParts(parts.network(input))
    initialize(this.model, new CounterStream(seed).fork('initialization'))
    this.optimizer = parts.optimizer(this.model.parameters(), this.model)
    const buffers = new Bank('buffers', 'buffer', this.model.buffers())
    this.random = new RandomState(seed)
    const variables = new Map<string, Variable>(this.model.variables())
    for (const slot of this.optimizer.slots()) variables.set(`optimizer.${slot.name}`, slot)
    variables.set('training.random', this.random)
    if (averaging > 0) {
      const followed = { parameters: this.optimizer.parameters, buffers }
      this.average = new AveragedNetwork(nameParts(parts.network(input)), followed, averaging)
      for (const [name, variable] of this.average.variables()) variables.set(`training.${name}`, variable)
    }
    this.variables = variables
  }

  /** Augmented training samples of clips, by the names of the inputs: `clip` is (N, M, T, V, C). */
  trainingBatch(indices: readonly number[], random: CounterStream): Promise<Record<string, Float32Array>> {
    return this.loader.batch(indices, random)
  }

  /** Takes one optimiser step in the graph that is being traced. */
  update(loss: Tensor, learningRate: Tensor): void {
    this.optimizer.update(loss, learningRate)
    this.average?.update()
  }

  /** Class probabilities of clips. */
  async score(indices: readonly number[], clipsPerVideo: number, onClip?: (done: number) => void) {
    this.scorer ??= await Scorer.compile(this.tested, this.samples, this.device)
    return this.scorer.score(indices, clipsPerVideo, onClip)
  }

  /** The network as the bytes of an ONNX file that any runtime reads. */
  async exportModel(system: string): Promise<Uint8Array> {
    await this.device.pull(this.variables.values())
    const { layout, classes } = this.problem.dataset
    return exportClassifier(this.tested, this.samples.shapes, { system, layout, classes, recipe: this.samples.recipe })
  }

  async release(): Promise<void> {
    await this.loader.close()
    await this.scorer?.release()
  }

  private get tested(): N {
    return this.average?.network ?? this.model
  }
}
