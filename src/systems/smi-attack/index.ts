import type { AttackedClips, FinishedBatches } from '../../attack/attacked-clips.ts'
import { PlacedClips } from '../../attack/placed-clips.ts'
import { CounterStream } from '../../random/counter-stream.ts'
import { graphAdjacency } from '../../skeleton/graph.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { Progress } from '../../train/progress/progress.ts'
import type { AttackProblem } from '../attack-problem.ts'
import { mostPersons } from '../classification/persons.ts'
import { defineAttack } from '../system.ts'
import { attackSmi } from './attack.ts'
import { checkSmiOptions } from './check-options.ts'
import { InterSkeletonContrast } from './inter-skeleton-contrast.ts'
import { type SmiOptions, smiAsReleased, smiOptions } from './options.ts'
import {
  attackOptionsOf,
  BUDGET,
  contrastOptionsOf,
  gradientOrderOf,
  pretrainingOptionsOf,
  STEPS,
} from './options-of-parts.ts'
import { pretrainingPhase } from './pretraining.ts'

/** The hard no-box attack with a gradient that is informed of the motion. */
export const smi = defineAttack({
  name: 'smi',
  description:
    'moves joints within a small budget by a gradient that knows the motion, without victim, labels or training data',
  publication: {
    title:
      'Hard No-Box Adversarial Attack on Skeleton-Based Human Action Recognition with Skeleton-Motion-Informed Gradient',
    authors: 'Lu, Wang, Chang, Yang, Shum',
    year: 2023,
    paper: 'https://arxiv.org/abs/2308.05681',
    code: 'https://github.com/luyg45/HardNoBoxAttack',
  },
  options: smiOptions,
  asReleased: smiAsReleased,
  async plan(options, problem, { device, progress, signal }) {
    const { dataset, attacked } = problem
    const learned = learnedFrom(options, problem)
    checkSmiOptions(options, problem, learned.length)
    const layout = layoutByName(dataset.layout)
    const clips = new PlacedClips(dataset, layout, options.placement)
    const random = new CounterStream(options.seed)
    const graph = graphAdjacency(layout, { mode: 'spatial' })
    const size = { persons: mostPersons(dataset), joints: dataset.joints, channels: layout.dimensions }
    const model = new InterSkeletonContrast(graph, size, contrastOptionsOf(options), random.fork('initialization'))
    const unlabelled = { count: learned.length, clip: (index: number) => clips.clip(learned[index]).points }
    const phase = pretrainingPhase(model, unlabelled, pretrainingOptionsOf(options, dataset.joints))
    const budget = options.budget ?? BUDGET * clips.metre
    const stepSize = options.stepSize ?? budget / STEPS

    async function attackBy(order: SmiOptions['order'], finished: (name: string) => FinishedBatches) {
      const { name, description, ...informed } = variantOf(order, options.attackMomentum)
      const { clips: moved, objective } = await attackSmi({
        encoder: model.encoder_r,
        clips: attacked.map((index) => clips.clip(index).points),
        options: {
          ...attackOptionsOf(options),
          ...informed,
          budget: budget / clips.metre,
          stepSize: stepSize / clips.metre,
        },
        device,
        random: random.fork('attack'),
        progress: titled(progress, name),
        signal,
        finished: finished(name),
      })
      const recorded = moved.map((points, i) => clips.clip(attacked[i]).recorded(points))
      return { name, description, clips: recorded, objective } satisfies AttackedClips
    }

    return {
      phases: [phase],
      budget,
      async attack(finished) {
        const own = await attackBy(options.order, finished)
        return options.order === 'none' ? [own] : [own, await attackBy('none', finished)]
      },
      notes: notesOf(options, clips),
      async release() {},
    }
  },
})

/** The clips of the pre-training. */
function learnedFrom({ pretrainOn }: SmiOptions, { train, test, attacked }: AttackProblem): readonly number[] {
  return { attacked, test, training: train }[pretrainOn]
}

/** The names of the paper: S1 and S2 for the order, MI-FGSM with momentum and I-FGSM without. */
function variantOf(order: SmiOptions['order'], momentum: number) {
  const optimiser = momentum > 0 ? 'MI-FGSM' : 'I-FGSM'
  const known = { none: 'no knowledge of the motion', first: 'motion one frame back', second: 'motion two frames back' }
  return {
    name: { none: '', first: 'S1', second: 'S2' }[order] + optimiser,
    description: known[order],
    ...gradientOrderOf(order),
  }
}

function notesOf(options: SmiOptions, { metre, upright }: PlacedClips): string[] {
  const place = upright
    ? 'upright around the body; the budget holds along the axes of the body, so a recorded coordinate may move by up to 1.73 times as much'
    : 'around the body'
  return [
    `${options.epochs} epochs of pre-training; the published recipe has 451 on all clips of the test`,
    `the encoder sees clips ${place}`,
    `1 m is taken for ${Number(metre.toPrecision(3))} in the unit of the data`,
  ]
}

/** Progress whose stretches say which attack they are part of. */
function titled(progress: Progress, prefix: string): Progress {
  return {
    begin: (title, total, unit) => progress.begin(`${prefix}, ${title}`, total, unit),
    update: (done, values) => progress.update(done, values),
    end: (values) => progress.end(values),
    note: (text) => progress.note(text),
    warn: (text) => progress.warn(text),
  }
}
