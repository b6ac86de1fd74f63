import type { Scores } from '../../evaluate/scores.ts'
import { createBackbone } from '../../models/build.ts'
import { Recognizer } from '../../models/recognizer.ts'
import { initialize, nameParts, type Optimizer, Sgd } from '../../nn/index.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { Device } from '../../runtime/device.ts'
import { Bank, RandomState, type Variable } from '../../tensor/index.ts'
import { ClipSamples } from '../../train/clip-samples.ts'
import { exportClassifier } from '../../train/export-classifier.ts'
import type { Progress } from '../../train/progress.ts'
import { Scorer } from '../../train/score-clips.ts'
import type { ClassificationOptions } from './options.ts'
import type { ClassificationProblem } from './problem.ts'
import { recipeOf } from './recipe.ts'

/** A network with its samples and optimiser, as the options and the data ask for them. */
export class Classifier {
  readonly samples: ClipSamples
  readonly model: Recognizer
  readonly optimizer: Optimizer
  /** What dropout draws from. */
  readonly random: RandomState
  /** What a checkpoint holds, by name. */
  readonly variables: ReadonlyMap<string, Variable>
  private readonly options: ClassificationOptions
  private readonly problem: ClassificationProblem
  private readonly device: Device
  private scorer: Scorer | undefined

  constructor(options: ClassificationOptions, problem: ClassificationProblem, device: Device) {
    this.options = options
    this.problem = problem
    this.device = device
    const recipe = recipeOf(options, problem.dataset)
    this.samples = new ClipSamples(problem.dataset, recipe)
    const input = { layout: this.samples.layout, persons: recipe.persons, channels: this.samples.channels }
    const backbone = createBackbone(options.backbone, input, options.width)
    this.model = nameParts(new Recognizer(backbone, problem.dataset.classes.length))
    initialize(this.model, new CounterStream(options.seed).fork('initialization'))
    const { momentum, nesterov, weightDecay } = options
    this.optimizer = new Sgd(this.model.parameters(), { momentum, nesterov, weightDecay })
    new Bank('buffers', 'buffer', this.model.buffers())
    this.random = new RandomState(options.seed)
    const slots = this.optimizer.slots().map((slot) => [`optimizer.${slot.name}`, slot] as const)
    this.variables = new Map([...this.model.variables(), ...slots, ['training.random', this.random]])
  }

  /** Class probabilities of clips. */
  async score(indices: readonly number[], clipsPerVideo: number, onClip?: (done: number) => void) {
    this.scorer ??= await Scorer.compile(this.model, this.problem.dataset.classes.length, this.samples, this.device)
    return this.scorer.score(indices, clipsPerVideo, onClip)
  }

  /** The network as the bytes of an ONNX file that any runtime reads. */
  async exportModel(system: string): Promise<Uint8Array> {
    await this.device.pull(this.variables.values())
    const { dataset } = this.problem
    return exportClassifier(this.model, this.samples.shape, {
      system,
      layout: dataset.layout,
      classes: dataset.classes,
      recipe: recipeOf(this.options, dataset),
    })
  }

  async release(): Promise<void> {
    await this.scorer?.release()
  }
}

/** Class probabilities of clips, with progress. */
export async function scoreWithProgress(
  classifier: Classifier,
  indices: readonly number[],
  clipsPerVideo: number,
  progress: Progress,
): Promise<Scores> {
  progress.begin('test', indices.length, 'clips')
  const scores = await classifier.score(indices, clipsPerVideo, (done) => progress.update(done))
  progress.end()
  return scores
}
