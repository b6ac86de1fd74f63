/**
 * The entry for web pages: recognise clips with a trained `model.onnx`, or train in the tab. It needs the package
 * `onnxruntime-web` beside it, and nothing of Node.js.
 */
export {
  type ClipRecipe,
  preparedClip,
  testSamples,
  trainingSample,
} from '../augment/recipes/clip-recipe.ts'
export { type FailureDetails, OssatureError } from '../errors.ts'
export type { Backbone } from '../models/backbone.ts'
export { BACKBONE_NAMES, type BackboneInput, createBackbone } from '../models/build.ts'
export { Recognizer } from '../models/recognizer.ts'
export * from '../nn/index.ts'
export { CounterStream } from '../random/counter-stream.ts'
export type { RandomStream } from '../random/stream.ts'
export type { CompiledStep, CompileOptions, Device, HostArray } from '../runtime/device.ts'
export { findNonFinite, type NonFinite } from '../runtime/non-finite.ts'
export { createDevice, DEVICE_NAMES, type DeviceName, type DeviceOptions } from '../runtime/web.ts'
export * as skeleton from '../skeleton/index.ts'
export * as tensor from '../tensor/index.ts'
export { exportOnnx, f32, gradients, i32, trace } from '../tensor/index.ts'
export { ClipRecognizer } from '../train/classifier/clip-recognizer.ts'
export { type ClassifierFacts, exportClassifier } from '../train/classifier/export-classifier.ts'
export { layoutOfClassifier, readClassifierFacts } from '../train/classifier/read-classifier.ts'
