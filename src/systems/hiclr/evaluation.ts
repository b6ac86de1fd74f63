import { OssatureError } from '../../errors.ts'
import type { Vectors } from '../../evaluate/features/vectors.ts'
import { crossEntropy, loadStateDict, Sgd } from '../../nn/index.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import type { Device } from '../../runtime/device.ts'
import { Bank } from '../../tensor/index.ts'
import { exportClassifier } from '../../train/classifier/export-classifier.ts'
import type { TrainingPhase } from '../../train/phase.ts'
import { traceFeatures } from '../../train/representation/linear-probe.ts'
import { Classifier } from '../classification/classifier.ts'
import { LinearProbe } from '../classification/linear-probe-phase.ts'
import { NearestClips } from '../classification/nearest-clips.ts'
import { NeighbourVotes } from '../classification/neighbour-votes.ts'
import { classificationPlan, type PlanDetails } from '../classification/plan.ts'
import type { ClassificationProblem } from '../classification/problem.ts'
import { classifierPhase, plainOrder } from '../classification/training.ts'
import type { ClassificationPlan } from '../system.ts'
import { buildEncoder } from './build-encoder.ts'
import { trainedParameters } from './encoder.ts'
import { EvaluatedNetwork } from './evaluated-network.ts'
import { evaluationRate, evaluationTraining } from './evaluation-training.ts'
import { initializeAsReleased } from './initialization.ts'
import { labelledEpoch, labelledShare } from './labelled-share.ts'
import type { HiclrOptions } from './options.ts'
import { evaluatedName } from './pretrained-names.ts'
import type { Pretraining } from './pretraining.ts'
import { frameCacheRecipe } from './recipe.ts'

const SYSTEM = 'hiclr'

/** Dropout of the published encoders where all weights are trained with labels. */
const TUNE_DROPOUT = { 'st-gcn': 0.5, dsta: 0 } as const

/** What an encoder is judged with. */
interface Judged {
  readonly options: HiclrOptions
  readonly problem: ClassificationProblem
  readonly device: Device
  readonly details: PlanDetails
  /** What the phases before leave to the encoder; none where it starts from weights of its own. */
  readonly pretraining?: Pretraining
}

/** The plan of the phases without labels and of the evaluation that the options ask for. */
export function evaluationPlan(judged: Judged): ClassificationPlan {
  const { evaluation } = judged.options
  if (evaluation === 'knn') return nearestPlan(judged)
  return evaluation === 'linear' ? linearPlan(judged) : tunedPlan(judged)
}

function linearPlan(judged: Judged): ClassificationPlan {
  const { options, problem, device } = judged
  const training = evaluationTraining(options)
  const { momentum, seed, evaluateEvery } = options
  const classifier = evaluatedClassifier(judged, (network) => {
    fix(network)
    return new Sgd(network.head.parameters(), { momentum, weightDecay: training.weightDecay })
  })
  const phaseOptions = { ...training, seed, evaluateEvery }
  const rate = evaluationRate(options, training)
  const probe = new LinearProbe('linear', classifier, phaseOptions, problem, device, rate)
  return withPretraining(judged, classifier, probe.phase, () => probe.release())
}

function tunedPlan(judged: Judged): ClassificationPlan {
  const { options, problem } = judged
  const training = evaluationTraining(options)
  const { evaluation, momentum, fixProjection, seed, evaluateEvery } = options
  const classifier = evaluatedClassifier(judged, ({ encoder_q }) => {
    const trained = trainedParameters(encoder_q, fixProjection)
    return new Sgd(trained, { momentum, nesterov: true, weightDecay: training.weightDecay })
  })
  const labelled = evaluation === 'semi' ? labelledClips(options, problem) : undefined
  const phase = classifierPhase(evaluation, classifier, { ...training, seed, evaluateEvery }, problem, {
    epochIndices: labelled
      ? (_, random) => random.shuffle(labelledEpoch(labelled, problem.train.length))
      : plainOrder(problem, 1),
    objective(model, { clip, label }) {
      const logits = model.forward(clip)
      return { loss: crossEntropy(logits, label), logits }
    },
    learningRate: () => evaluationRate(options, training),
  })
  return withPretraining(judged, classifier, phase)
}

/** @throws OssatureError when the share leaves no clip */
function labelledClips({ labels, cutSeed }: HiclrOptions, { dataset, train }: ClassificationProblem): number[] {
  const labelled = labelledShare(dataset, train, labels, new CounterStream(cutSeed).fork('labels'))
  if (labelled.length > 0) return labelled
  throw new OssatureError('the share of labels leaves no labelled clip', {
    where: 'labels',
    found: `${labels} of ${train.length} clips in ${dataset.classes.length} classes`,
    hint: 'Choose a larger share: of each class the rounded share of its clips is kept.',
  })
}

/** No phase of its own but one of no epochs, in which the encoder is handed over. */
function nearestPlan(judged: Judged): ClassificationPlan {
  const { options, problem, device, details } = judged
  const { neighbours, voteTemperature: temperature, momentum } = options
  const { dataset } = problem
  const classifier = evaluatedClassifier(judged, (network) => {
    fix(network)
    return new Sgd(network.head.parameters(), { momentum })
  })
  const { model, samples, variables } = classifier
  const nearest = new NearestClips(model, samples, problem, device, { neighbours, temperature })
  const phase: TrainingPhase = {
    name: 'knn',
    epochs: 0,
    step: traceFeatures(model, [1, ...samples.shapes.clip]),
    learningRate: () => 0,
    variables,
    epoch: () => ({ iterations: 0, clips: 1, feeds: () => ({}), measure: () => ({}) }),
  }
  let known: Promise<Vectors> | undefined
  const voters = () => {
    known ??= features()
    return known
  }
  const features = async () => {
    details.progress.begin('features', problem.train.length, 'clips')
    const found = await nearest.features(problem.train, (done) => details.progress.update(done))
    details.progress.end()
    return found
  }
  return {
    ...withPretraining(judged, classifier, phase, () => nearest.release()),
    score: async (indices) => nearest.scores(indices, await voters()),
    async exportModel() {
      await device.pull(variables.values())
      const options = { neighbours, temperature }
      const votes = new NeighbourVotes(model, await voters(), nearest.labels, dataset.classes.length, options)
      const { layout, classes } = dataset
      return exportClassifier(votes, samples.shapes, { system: SYSTEM, layout, classes, recipe: samples.recipe })
    },
  }
}

/** The encoder of the options with a classifier, with first values as released. */
function evaluatedClassifier(
  { options, problem, device }: Judged,
  optimizer: (network: EvaluatedNetwork) => Sgd,
): Classifier<EvaluatedNetwork> {
  const { encoder, evaluation, seed, loaders, tuneDropout = TUNE_DROPOUT[encoder] } = options
  const classifier = new Classifier(
    {
      recipe: frameCacheRecipe(options, problem.dataset),
      network: ({ classes, ...clips }) =>
        new EvaluatedNetwork(buildEncoder(options, clips, tuneDropout, { kind: 'classifier', classes })),
      optimizer: (_, network) => optimizer(network),
      seed,
      loaders,
    },
    problem,
    device,
  )
  const linear = evaluation === 'linear' || evaluation === 'knn'
  initializeAsReleased(classifier.model, new CounterStream(seed).fork('initialization', 'released'), { linear })
  return classifier
}

/** Packs the parameters that no optimiser changes. */
function fix({ encoder_q, head }: EvaluatedNetwork): void {
  const trained = new Set<unknown>(head.parameters())
  new Bank(
    'encoder',
    'parameter',
    encoder_q.parameters().filter((parameter) => !trained.has(parameter)),
  )
}

/** The plan of an evaluation that starts from what was trained without labels. */
function withPretraining(
  { pretraining, details }: Judged,
  classifier: Classifier<EvaluatedNetwork>,
  evaluation: TrainingPhase,
  release: () => Promise<void> = async () => {},
): ClassificationPlan {
  const begin = () => {
    if (!pretraining) return
    const trained = [...pretraining.network.variables()].map(
      ([name, { shape, values }]) => [name, { shape, data: values }] as const,
    )
    loadStateDict(classifier.model, new Map(trained), { strict: false, rename: evaluatedName })
  }
  const phases = [...(pretraining?.phases ?? []), { ...evaluation, begin }]
  const plan = classificationPlan(SYSTEM, classifier, phases, details)
  return {
    ...plan,
    async release() {
      await release()
      await pretraining?.release()
      await plan.release()
    },
  }
}
