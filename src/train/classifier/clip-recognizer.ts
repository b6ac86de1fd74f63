import { posesForSamples, preparedForSamples, testInputs } from '../../augment/samples/index.ts'
import { OssatureError } from '../../errors.ts'
import type { OnnxRuntimeDevice } from '../../runtime/onnxruntime-device.ts'
import type { OnnxRuntimeModel } from '../../runtime/onnxruntime-model.ts'
import type { Layout } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import type { ClassifierFacts } from './export-classifier.ts'
import { layoutOfClassifier, readClassifierFacts } from './read-classifier.ts'

/** A trained classifier of clips, from the `model.onnx` of a run. */
export class ClipRecognizer {
  readonly facts: ClassifierFacts
  readonly layout: Layout
  private readonly model: OnnxRuntimeModel

  private constructor(model: OnnxRuntimeModel, facts: ClassifierFacts) {
    this.model = model
    this.facts = facts
    this.layout = layoutOfClassifier(facts)
  }

  /** @throws OssatureError when the bytes are no model of a run, or the device refuses it */
  static async open(model: Uint8Array, device: Pick<OnnxRuntimeDevice, 'load'>): Promise<ClipRecognizer> {
    const facts = readClassifierFacts(model)
    return new ClipRecognizer(await device.load(model), facts)
  }

  /**
   * The probability of each class for a clip as it was recorded, in the order of `facts.classes`.
   * @param clip with the scores (M, T, V) of its joints, where there are any
   * @param samples test samples whose probabilities are averaged
   * @throws OssatureError when the clip has other joints than the layout, or its numbers do not fill its shape
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
    const { recipe, classes } = this.facts
    const poses = posesForSamples({ points: clip, score }, recipe)
    const inputs = testInputs(preparedForSamples(poses, recipe, this.layout), recipe, this.layout, samples)
    const mean = new Float32Array(classes.length)
    for (const sample of inputs) {
      const { probabilities } = await this.model.run(sample)
      for (let k = 0; k < mean.length; k++) mean[k] += probabilities[k] / inputs.length
    }
    return mean
  }

  release(): Promise<void> {
    return this.model.release()
  }
}
