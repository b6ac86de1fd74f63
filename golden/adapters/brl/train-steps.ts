import {
  type ClipBatch,
  type MixedBatch,
  partialMixUp,
  releasedPartialMixUp,
} from '../../../src/augment/partial-mix-up.ts'
import { classCounts, profileOfSplit } from '../../../src/data/sampling/long-tail.ts'
import { topAccuracies } from '../../../src/evaluate/metrics/metrics.ts'
import type { Recognizer } from '../../../src/models/recognizer.ts'
import type { HostArray } from '../../../src/runtime/device.ts'
import { bodyPart } from '../../../src/skeleton/layout.ts'
import { layoutByName } from '../../../src/skeleton/layouts/index.ts'
import type { EpochLoss } from '../../../src/systems/brl/losses/epoch-loss.ts'
import { mixedLoss } from '../../../src/systems/brl/mixed-loss.ts'
import { f32, i32, mean, reshape, softmax } from '../../../src/tensor/index.ts'
import type { Adapter, Checker, GoldenTest, ReplayedStream } from '../../adapter.ts'
import { scoresOf } from '../../inputs/scores.ts'
import {
  checkBuffers,
  checkGradientNorm,
  checkGradients,
  checkParameterNames,
  gradientTolerance,
} from '../../networks/network-checks.ts'
import { recognizerOf } from '../../networks/pyskl-config.ts'
import { compileNetwork, fillByName, type NetworkRun, runNetwork } from '../../networks/run-network.ts'
import { checkClassWeights, lossTypeOf, releasedLoss } from '../../systems/brl/losses.ts'
import { UnitDraws } from '../../systems/brl/unit-draws.ts'

const adapter: Adapter = {
  system: 'brl',
  kind: 'train-steps',
  async run(test, check) {
    const model = recognizerOf(test.config)
    checkParameterNames(check, test, model.parameters())
    fillByName(model, test)
    if (check.has(['steps'])) await checkSteps(test, check, model)
    if (check.has(['test'])) await checkTest(test, check, model)
  },
}

async function checkSteps(test: GoldenTest, check: Checker, model: Recognizer): Promise<void> {
  const { cls_head: head, split } = test.config
  const loss = releasedLoss(lossTypeOf(head), split.split, split.num_classes)
  const epochs = test.inputs.epochs as number[]
  const keypoint = test.values(test.inputs.keypoint)
  const [clips, , ...rest] = keypoint.shape
  const shape = [clips, ...rest] as [number, number, number, number, number]
  const batch: ClipBatch = { data: Float32Array.from(keypoint.data), shape }
  const labels = Array.from(test.values(test.inputs.labels).data)
  const uniform = test.inputs.uniform === undefined ? undefined : test.values(test.inputs.uniform)
  const observe = new Set(epochs.flatMap((_, i) => check.keys(['steps', i, 'modules'])))
  const network = await compileNetwork(
    model,
    {
      clip: f32(...shape),
      labelA: i32(clips),
      labelB: i32(clips),
      lambda: f32(clips),
      ...prefixed('a', loss.inputs(clips)),
      ...prefixed('b', loss.inputs(clips)),
    },
    (tensors) => {
      const { clip, labelA, labelB, lambda } = tensors
      const logits = model.forward(clip)
      const [a, b] = ['a', 'b'].map((prefix) => withPrefix(prefix, tensors))
      return { logits, loss: mixedLoss(loss, logits, labelA, labelB, lambda, a, 'batch', b) }
    },
    { training: true, observe: [...observe], gradients: epochs.some((_, i) => hasGradients(check, i)) },
  )
  for (const [i, epoch] of epochs.entries()) {
    const stream = test.stream(test.draws?.steps?.[i])
    const mixed = mix(test, batch, labels, stream)
    // The released object is called twice in an epoch: for label a, then for label b.
    const random = new UnitDraws(() => uniform ?? stream.array([clips, split.num_classes]))
    const seen = epochs.slice(0, i)
    const feeds = lossFeeds(loss, epoch, clips, random, seen)
    const { clips: input, labelA, labelB, lambda } = mixed
    const run = await network.run({ clip: input.data, labelA, labelB, lambda, ...feeds.prefixed })
    checkStep(test, check, i, run, mixed, feeds.own)
  }
  await network.release()
}

function mix({ config }: GoldenTest, batch: ClipBatch, labels: number[], stream: ReplayedStream): MixedBatch {
  const { split: name, num_classes: classes, ratio, alpha, im_k: imK } = config.split
  // The release goes by the split's name; where it draws a clip that comes to the same.
  const layout = layoutByName(config.backbone.graph_cfg?.layout ?? 'coco')
  const parts = { upper: bodyPart(layout, 'upper'), lower: bodyPart(layout, 'lower') }
  const rebalanced = config.recognizer !== 'Base_MixRecognizerGCN'
  const counts = rebalanced ? classCounts(profileOfSplit(name, classes)) : undefined
  return partialMixUp(
    batch,
    labels,
    { ...releasedPartialMixUp, ...parts, ratio, alpha, imK, classCounts: counts },
    stream,
  )
}

function lossFeeds(loss: EpochLoss, epoch: number, clips: number, random: UnitDraws, seen: readonly number[]) {
  const own = loss.feeds(epoch, clips, random, seen)
  const forB = loss.feeds(epoch, clips, random, [...seen, epoch])
  return { own, prefixed: { ...prefixed('a', own), ...prefixed('b', forB) } as Record<string, HostArray> }
}

function checkStep(
  test: GoldenTest,
  check: Checker,
  i: number,
  run: NetworkRun,
  { labelA, labelB, lambda }: MixedBatch,
  feeds: Record<string, HostArray>,
): void {
  const closeness = { relative: test.tolerance.relative ?? 1e-4 }
  const loss = run.outputs.get('loss')!.data[0]
  const scores = scoresOf(run.outputs.get('logits')!)
  const forA = topAccuracies(scores, labelA, [1, 5], { ties: 'higher-class' })
  const forB = topAccuracies(scores, labelB, [1, 5], { ties: 'higher-class' })
  const accuracies = forA.map((accuracy, k) => lambda[0] * accuracy + (1 - lambda[0]) * forB[k])
  check.close(['steps', i, 'loss'], loss, closeness)
  check.close(['steps', i, 'log', 'top1_acc'], accuracies[0], closeness)
  check.close(['steps', i, 'log', 'top5_acc'], accuracies[1], closeness)
  check.close(['steps', i, 'log', 'loss_cls'], loss, closeness)
  check.close(['steps', i, 'log', 'loss'], loss, closeness)
  checkClassWeights(check, ['steps', i, 'class_weights'], feeds, closeness)
  for (const path of check.keys(['steps', i, 'modules']))
    check.close(['steps', i, 'modules', path], run.modules.get(path)!, closeness)
  checkBuffers(check, ['steps', i, 'buffers_after'], run.buffers, closeness)
  if (!hasGradients(check, i)) return
  checkGradients(check, ['steps', i, 'gradients'], run.gradients, gradientTolerance(test))
  checkGradientNorm(check, ['steps', i, 'gradient_norm_total'], run.gradients)
}

/** Every clip of a video through the network, softmax of each, mean over the clips. */
async function checkTest(test: GoldenTest, check: Checker, model: Recognizer): Promise<void> {
  const { data, shape } = test.values(test.inputs.test_keypoint)
  const [videos, clips, ...rest] = shape
  const run = await runNetwork(
    model,
    { clip: f32(videos * clips, ...rest) },
    { clip: Float32Array.from(data) },
    ({ clip }) => {
      const logits = model.forward(clip)
      const classes = logits.shape[1]
      const averaged = mean(reshape(softmax(logits, 1), [videos, clips, classes]), [1])
      return { logits, averaged: reshape(averaged, [videos, classes]) }
    },
    { training: false },
  )
  const closeness = { relative: test.tolerance.relative ?? 1e-4 }
  check.close(['test', 'raw_scores_per_clip'], run.outputs.get('logits')!, closeness)
  check.close(['test', 'average_of_softmax_over_clips'], run.outputs.get('averaged')!, closeness)
}

function hasGradients(check: Checker, step: number): boolean {
  return check.has(['steps', step, 'gradients'])
}

function prefixed<T>(prefix: string, values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]))
}

function withPrefix<T>(prefix: string, values: Readonly<Record<string, T>>): Record<string, T> {
  const own = Object.entries(values).filter(([name]) => name.startsWith(`${prefix}.`))
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length + 1), value]))
}

export default adapter
