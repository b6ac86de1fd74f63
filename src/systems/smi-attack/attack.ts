import type { FinishedBatches } from '../../attack/attacked-clips.ts'
import { clipBatch, clipOfBatch } from '../../attack/clip-batches.ts'
import { IterativeAttack, type IterativeAttackOptions } from '../../attack/iterative-attack.ts'
import { motionCoefficients } from '../../attack/motion/motion-coefficients.ts'
import { OssatureError } from '../../errors.ts'
import { kMeans } from '../../evaluate/features/k-means.ts'
import { unitVectors, type Vectors } from '../../evaluate/features/vectors.ts'
import type { Module } from '../../nn/index.ts'
import type { RandomStream } from '../../random/stream.ts'
import type { Device } from '../../runtime/device.ts'
import { zeroPoints } from '../../skeleton/allocate.ts'
import type { Points } from '../../skeleton/points.ts'
import type { Progress } from '../../train/progress/progress.ts'
import { candidates } from './candidates.ts'
import { type AttackConstant, contrastivePlan, type FeatureEncoder, type GradientOrder } from './contrastive-attack.ts'
import { type ClipSize, encodeClips } from './encode-clips.ts'

export interface SmiAttackOptions extends IterativeAttackOptions, GradientOrder {
  readonly batchSize: number
  /** Number of clusters of the clean features. */
  readonly clusters: number
  /** Clusters nearest to a clip that are not held against it (Q). */
  readonly droppedCentres: number
  /** Frames that the encoder sees; the longest clip's when absent. Shorter clips are repeated end to end. */
  readonly frames?: number
}

export interface SmiAttackTask {
  /** Pretrained without labels; its values stand in its variables. */
  readonly encoder: Module & FeatureEncoder
  /** Unlabelled clips of one skeleton, in the coordinates that the encoder was trained on. */
  readonly clips: readonly Points[]
  readonly options: SmiAttackOptions
  readonly device: Device
  /** Where the clusters start from. */
  readonly random: RandomStream
  readonly progress?: Progress
  readonly signal?: AbortSignal
  /** Batches that are done already and need not be done again; gets those that follow. */
  readonly finished?: FinishedBatches
}

export interface SmiAttackResult {
  /** As many as there were clips, with their persons and frames. */
  readonly clips: readonly Points[]
  /** Of each iteration the mean over clips of the objective before it; it rises. */
  readonly objective: readonly number[]
}

/**
 * The hard no-box attack (Lu et al. 2023, arXiv 2308.05681): adversarial clips without victim, labels or training data.
 * Clips that are attacked in one batch stand against each other, so the result depends on their order.
 * @throws OssatureError when clips do not fit each other or the options, or the work is cancelled
 */
export async function attackSmi(task: SmiAttackTask): Promise<SmiAttackResult> {
  const { encoder, clips, options, device, random, progress, signal, finished } = task
  const size = sizeOfClips(clips, encoder, options)
  device.push([...encoder.variables()].map(([, variable]) => variable))
  progress?.begin('features', clips.length, 'clips')
  const encoded = await encodeClips(encoder, clips, size, device, (done) => {
    signal?.throwIfAborted()
    progress?.update(done)
  })
  const features = unitVectors(encoded)
  const centres = centresOf(features, options, random)
  progress?.end()
  const attacks = new Map<number, IterativeAttack<AttackConstant>>()
  const columns = (count: number) => count + options.clusters - options.droppedCentres
  const attacked: Points[] = []
  const objective = new Float64Array(options.iterations)
  progress?.begin('attack', clips.length * options.iterations, 'iterations')
  try {
    for (let start = 0; start < clips.length; start += options.batchSize) {
      const batch = clips.slice(start, start + options.batchSize)
      const { data, shape } = clipBatch(batch, size.persons, size.frames)
      let done = finished?.get(start, shape)
      if (!done) {
        let attack = attacks.get(batch.length)
        if (!attack) {
          const plan = contrastivePlan(encoder, shape, columns(batch.length), options)
          attack = await IterativeAttack.compile(plan, options, device)
          attacks.set(batch.length, attack)
        }
        const constants = {
          candidates: candidates(rowsOf(features, start, batch.length), centres, options.droppedCentres),
          ...coefficients(batch, size, options, signal),
        }
        const values = new Float32Array(options.iterations)
        const moved = await attack.run(data, constants, {
          signal,
          onIteration(iteration, value) {
            values[iteration - 1] = value
            progress?.update(start * options.iterations + iteration * batch.length, { objective: value })
          },
        })
        done = { data: moved, shape, objective: values }
        finished?.put(start, done)
      }
      const { data: moved } = done
      done.objective.forEach((value, iteration) => {
        objective[iteration] += (value * batch.length) / clips.length
      })
      attacked.push(...batch.map((clip, i) => clipOfBatch({ data: moved, shape }, i, clip)))
    }
  } finally {
    for (const attack of attacks.values()) await attack.release()
  }
  progress?.end()
  return { clips: attacked, objective: Array.from(objective) }
}

function centresOf(features: Vectors, { clusters }: SmiAttackOptions, random: RandomStream): Vectors {
  if (features.count < clusters)
    throw new OssatureError('there are fewer clips than clusters', {
      expected: `${clusters} clips or more`,
      found: String(features.count),
      hint: 'Lower `clusters`.',
    })
  const { centres } = kMeans(features, clusters, random.fork('clusters'))
  return { data: centres, count: clusters, size: features.size }
}

/** The motion coefficients that the gradient's order asks for; zeros in place of the others. */
function coefficients(
  batch: readonly Points[],
  size: ClipSize,
  { firstOrder, secondOrder }: GradientOrder,
  signal: AbortSignal | undefined,
): { first: Float32Array; second: Float32Array } {
  const arrays = batch.map((clip) => {
    signal?.throwIfAborted()
    if (firstOrder || secondOrder) return motionCoefficients(clip)
    const none = zeroPoints(clip)
    return { first: none, second: none }
  })
  const joined = (key: 'first' | 'second') =>
    clipBatch(
      arrays.map((array) => array[key]),
      size.persons,
      size.frames,
    ).data
  return { first: joined('first'), second: joined('second') }
}

function sizeOfClips(clips: readonly Points[], { numPerson }: FeatureEncoder, options: SmiAttackOptions): ClipSize {
  if (clips.length === 0) throw new OssatureError('there are no clips to attack')
  const [{ joints, channels }] = clips
  const misfit = clips.findIndex((clip) => clip.joints !== joints || clip.channels !== channels)
  if (misfit >= 0)
    throw new OssatureError('the clips of an attack must have one skeleton', {
      where: `clip ${misfit}`,
      expected: `${joints} joints, ${channels} channels`,
      found: `${clips[misfit].joints} joints, ${clips[misfit].channels} channels`,
    })
  const longest = clips.reduce((most, clip) => Math.max(most, clip.frames), 0)
  return { persons: numPerson, frames: options.frames ?? longest, batchSize: options.batchSize }
}

function rowsOf({ data, size }: Vectors, start: number, count: number): Vectors {
  return { data: data.subarray(start * size, (start + count) * size), count, size }
}
