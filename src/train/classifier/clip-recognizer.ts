import { posesForSamples, preparedForSamples, type SampleInputs, testInputs } from '../../augment/samples/index.ts'
import { OssatureError } from '../../errors.ts'
import type { OnnxRuntimeDevice } from '../../runtime/onnxruntime-device.ts'
import type { OnnxRuntimeModel } from '../../runtime/onnxruntime-model.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { readOnnx, sizeOf } from '../../tensor/index.ts'
import type { ClassifierFacts } from './export-classifier.ts'
import { factsOf, layoutOfClassifier } from './read-classifier.ts'

/** A trained classifier of clips, from the `model.onnx` of a run. */
export class ClipRecognizer {
  readonly facts: ClassifierFacts
  readonly layout: Layout
  private readonly model: OnnxRuntimeModel
  /** How many numbers each input of the model takes. */
  private readonly sizes: ReadonlyMap<string, number>

  private constructor(model: OnnxRuntimeModel, facts: ClassifierFacts, sizes: ReadonlyMap<string, number>) {
    this.model = model
    this.facts = facts
    this.sizes = sizes
    this.layout = layoutOfClassifier(facts)
  }

  /** @throws OssatureError when the bytes are no model of a run, or the device refuses it */
  static async open(model: Uint8Array, device: Pick<OnnxRuntimeDevice, 'load'>): Promise<ClipRecognizer> {
    requireModelFile(model)
    const onnx = readOnnx(model, 'model')
    const facts = factsOf(onnx)
    const sizes = onnx.inputs.flatMap(({ name, shape = [] }) =>
      shape.every((length) => typeof length === 'number') ? [[name, sizeOf(shape)] as const] : [],
    )
    return new ClipRecognizer(await device.load(model), facts, new Map(sizes))
  }

  /**
   * The probability of each class for a clip as it was recorded, in the order of `facts.classes`.
   * @param clip with the scores (M, T, V) of its joints, where there are any
   * @param samples test samples whose probabilities are averaged
   * @throws OssatureError when the clip has other joints or coordinates than the clips of the training, when it is empty, or
   *   when its numbers do not fill its shape
   */
  async recognize({ score, ...clip }: Points & { readonly score?: Float32Array }, samples = 1): Promise<Float32Array> {
    const joints = this.layout.joints.length
    if (clip.joints !== joints)
      throw new OssatureError('the clip has other joints than the model was trained on', {
        where: this.layout.name,
        expected: `${joints} joints`,
        found: `${clip.joints}`,
      })
    const { data, persons, frames, channels } = clip
    if (data.length !== persons * frames * joints * channels)
      throw new OssatureError('the numbers of the clip do not fill its shape', {
        expected: `${persons} persons x ${frames} frames x ${joints} joints x ${channels} coordinates`,
        found: `${data.length} numbers`,
      })
    if (data.length === 0)
      throw new OssatureError('the clip is empty', {
        expected: 'at least one person and one frame',
        found: `${persons} persons x ${frames} frames`,
      })
    const { recipe, classes } = this.facts
    const poses = posesForSamples({ points: clip, score }, recipe)
    const inputs = testInputs(preparedForSamples(poses, recipe, this.layout), recipe, this.layout, samples)
    const mean = new Float32Array(classes.length)
    for (const sample of inputs) {
      this.requireCoordinates(sample, poses.channels)
      const { probabilities } = await this.model.run(sample)
      for (let k = 0; k < mean.length; k++) mean[k] += probabilities[k] / inputs.length
    }
    return mean
  }

  /** Persons, frames and joints of a sample are those of the recipe: where it has another size, the coordinates differ. */
  private requireCoordinates(sample: SampleInputs, channels: number): void {
    for (const [name, { length }] of Object.entries(sample)) {
      const size = this.sizes.get(name)
      if (size === undefined || size === length) continue
      throw new OssatureError('the clip has other coordinates than the model was trained on', {
        where: this.layout.name,
        expected: `${(channels * size) / length} coordinates of a joint`,
        found: `${channels}`,
      })
    }
  }

  release(): Promise<void> {
    return this.model.release()
  }
}

/** A page fetches its model, and what a server sends in place of a missing file is often a page. */
function requireModelFile(model: Uint8Array): void {
  if (!(model instanceof Uint8Array))
    throw new OssatureError('a model is opened from its bytes', {
      expected: 'a Uint8Array with the content of model.onnx',
      found: Object.prototype.toString.call(model).slice(8, -1),
    })
  if (model[0] === '<'.charCodeAt(0))
    throw new OssatureError('this is not an ONNX model', {
      where: 'model',
      found: 'a web page (HTML)',
      hint: 'Check the address that the model is fetched from.',
    })
}
