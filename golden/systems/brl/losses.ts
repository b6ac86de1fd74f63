import { OssatureError } from '../../../src/errors.ts'
import { Module, Parameter } from '../../../src/nn/index.ts'
import type { HostArray } from '../../../src/runtime/device.ts'
import { createLoss, type LossName } from '../../../src/systems/brl/losses/create-loss.ts'
import type { EpochLoss } from '../../../src/systems/brl/losses/epoch-loss.ts'
import { i32, read } from '../../../src/tensor/index.ts'
import type { Checker, Closeness, Values } from '../../adapter.ts'
import { compileNetwork } from '../../networks/run-network.ts'

/** The authors' classes. */
const lossNames: Readonly<Record<string, LossName>> = {
  CELoss: 'cross-entropy',
  CrossEntropyLoss: 'cross-entropy',
  FocalLoss: 'focal',
  TwostageFocalLoss: 'two-stage-focal',
  TwostageWeightedLoss: 'weighted',
  TwostageCBLoss: 'class-balanced',
  TwostageLDAMLoss: 'ldam',
  TwostageBalancedSoftmax: 'balanced-softmax',
  TwostageEQL: 'equalization',
  TwostageAALoss: 'action-aware',
  GumbelCE: 'gumbel',
  KPSLoss: 'kps',
}

const lossOfHead: Readonly<Record<string, string>> = {
  MixHead: 'CrossEntropyLoss',
  MixWeightedHead: 'TwostageWeightedLoss',
  MixFocalHead: 'TwostageFocalLoss',
  MixCBHead: 'TwostageCBLoss',
  MixLDAMHead: 'TwostageLDAMLoss',
  MixBSHead: 'TwostageBalancedSoftmax',
  MixEQLHead: 'TwostageEQL',
  MixAAHead: 'TwostageAALoss',
}

/** The released loss of that class for a split. */
export function releasedLoss(type: string, split: string, classes: number): EpochLoss {
  if (!Object.hasOwn(lossNames, type))
    throw new OssatureError('this loss of the released code is not known or cannot run', {
      expected: `one of ${Object.keys(lossNames).join(', ')}`,
      found: type,
    })
  return createLoss(lossNames[type], { classes, split, asReleased: true })
}

/** The loss class of a head's configuration. */
export function lossTypeOf(head: { type: string; loss_cls?: { type: string } }): string {
  if (head.loss_cls) return head.loss_cls.type
  if (Object.hasOwn(lossOfHead, head.type)) return lossOfHead[head.type]
  throw new OssatureError('this head is not known or cannot run', {
    expected: `one of ${Object.keys(lossOfHead).join(', ')}`,
    found: head.type,
  })
}

/** Compares the class weights in what a loss is fed with those at `path`; a loss without any has null there. */
export function checkClassWeights(
  check: Checker,
  path: readonly (string | number)[],
  { classWeights }: Readonly<Record<string, HostArray>>,
  closeness: Closeness,
): void {
  if (classWeights) check.close(path, classWeights, closeness)
  else check.equal(path, null)
}

class Scores extends Module {
  readonly scores: Parameter

  constructor({ data, shape }: Values) {
    super()
    this.scores = new Parameter(shape, () => {})
    this.scores.name = 'scores'
    this.scores.values.set(Float32Array.from(data))
  }
}

/** A loss over fixed scores and labels, compiled once: loss and gradient of the scores for what each epoch feeds. */
export async function compileLoss(loss: EpochLoss, scores: Values, labels: ArrayLike<number>) {
  const module = new Scores(scores)
  const label = Int32Array.from(labels)
  const { label: labelType, ...types } = { ...loss.inputs(label.length), label: i32(label.length) }
  const network = await compileNetwork(
    module,
    { ...types, label: labelType },
    (tensors) => ({ loss: loss.loss(read(module.scores), tensors.label, tensors) }),
    { training: true, gradients: true },
  )
  return {
    async run(feeds: Readonly<Record<string, HostArray>>) {
      const { outputs, gradients } = await network.run({ ...feeds, label })
      return { loss: outputs.get('loss')!.data[0], gradient: gradients.get('scores')! }
    },
    release: () => network.release(),
  }
}
