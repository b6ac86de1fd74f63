/**
 * The package's entry: data, networks, systems and runs. The engine stands under `ossature/tensor` and `ossature/nn`,
 * layouts and graphs under `ossature/skeleton`.
 */

/** The library of schemas that options are written in. */
export { z } from 'zod'
export type { AttackResult } from './attack/attack-report.ts'
export type { AttackedClips, FinishedBatches } from './attack/attacked-clips.ts'
export {
  type ClipRecipe,
  preparedClip,
  testSamples,
  trainingSample,
} from './augment/recipes/clip-recipe.ts'
export {
  type InputShapes,
  inputShapes,
  preparedForSamples,
  type SampleInputs,
  type SampleRecipe,
  testInputs,
  trainingInputs,
} from './augment/samples/index.ts'
export type { Clip, ClipMeta } from './data/clip.ts'
export { type ClipEntry, type Dataset, datasetOf } from './data/dataset.ts'
export { type LoadOptions, loadDataset, loadSplit, READERS } from './data/load.ts'
export type { Reader } from './data/readers/reader.ts'
export { classCounts, type LongTailProfile, selectLongTail } from './data/sampling/long-tail.ts'
export {
  PROTOCOLS,
  type Protocol,
  type ProtocolName,
  type Split,
  splitByPerformer,
  splitByProtocol,
} from './data/splits/splits.ts'
export { type ClipStore, openStore, writeStore } from './data/store/store.ts'
export { type FailureDetails, OssatureError } from './errors.ts'
export type { ReportData, ReportRun } from './evaluate/report/report-data.ts'
export { findStateDict } from './files/torch-checkpoint/state-dict.ts'
export { readTorchCheckpoint } from './files/torch-checkpoint/torch-checkpoint.ts'
export { readWeights } from './files/weights.ts'
export type { Backbone } from './models/backbone.ts'
export { BACKBONE_NAMES, type BackboneInput, createBackbone } from './models/build.ts'
export { Recognizer } from './models/recognizer.ts'
export { CounterStream } from './random/counter-stream.ts'
export type { RandomStream } from './random/stream.ts'
export { CpuDevice, type CpuOptions } from './runtime/cpu/device.ts'
export type { CompiledStep, Device, HostArray } from './runtime/device.ts'
export type { ForeignTensor, ForeignTensors } from './runtime/foreign/messages.ts'
export { type ForeignOptions, runForeignOnnx } from './runtime/foreign/run.ts'
export { createDevice, DEVICE_NAMES, type DeviceName, type DeviceOptions } from './runtime/node.ts'
export { layoutFileSchema, parseLayout } from './skeleton/layout-file.ts'
export { readLayout } from './skeleton/read-layout.ts'
export { type AttackOptions, attackMachineOptions, attackOptions } from './systems/attack-options.ts'
export type { AttackProblem } from './systems/attack-problem.ts'
export { ATTACKS, attackNamed } from './systems/attacks.ts'
export { backboneClassifier } from './systems/classification/backbone-classifier.ts'
export {
  Classifier,
  type ClassifierInput,
  type ClassifierNetwork,
  type ClassifierParts,
} from './systems/classification/classifier.ts'
export {
  backboneOptions,
  type ClassificationOptions,
  classificationOptions,
  machineOptions,
  problemOptions,
  sampleOptions,
  sgdOptions,
  trainingOptions,
} from './systems/classification/options.ts'
export { classificationPlan } from './systems/classification/plan.ts'
export type { ClassificationProblem } from './systems/classification/problem.ts'
export { recipeOf } from './systems/classification/recipe.ts'
export {
  type ClassifierTraining,
  classifierPhase,
  type Objective,
  plainOrder,
  scheduledRate,
} from './systems/classification/training.ts'
export { SYSTEMS, systemNamed } from './systems/index.ts'
export { describeOptions, type OptionLayer, type OptionRow, resolveOptions } from './systems/options.ts'
export type { RunSettings } from './systems/perform-run.ts'
export { type FinishedAttack, runAttack } from './systems/run-attack.ts'
export { type FinishedRun, runSystem, writeReport } from './systems/run-system.ts'
export {
  type AttackPlan,
  type AttackSystem,
  type ClassificationPlan,
  defineAttack,
  defineSystem,
  type Publication,
  type System,
  type SystemContext,
  type SystemOptions,
} from './systems/system.ts'
export type { OnnxModel } from './tensor/onnx/model.ts'
export { readOnnx } from './tensor/onnx/read.ts'
export { ClipRecognizer } from './train/classifier/clip-recognizer.ts'
export { type ClassifierFacts, METADATA } from './train/classifier/export-classifier.ts'
export { layoutOfClassifier, readClassifierFacts } from './train/classifier/read-classifier.ts'
export type { TrainingPhase } from './train/phase.ts'
export type { Progress } from './train/progress/progress.ts'
export { createProgress, type ProgressOptions } from './train/progress/progress-reporters.ts'
