import { OssatureError } from '../../../src/errors.ts'
import type { SkateFormerOptions } from '../../../src/models/skateformer/options.ts'
import { SkateFormer } from '../../../src/models/skateformer/skateformer.ts'
import { Adam, AdamW, nameParts, type Optimizer, type Parameter, Sgd } from '../../../src/nn/index.ts'
import type { HostArray } from '../../../src/runtime/device.ts'
import { cosine, linearWarmUp, type Schedule } from '../../../src/train/schedules.ts'
import type { GoldenTest } from '../../adapter.ts'
import { fromChannelFirstBatch } from '../../inputs/channel-first-batch.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' constructor arguments
type Config = any

/** The network of the authors' constructor arguments, filled by nobody yet. */
export function skateFormerOf(config: Config): SkateFormer {
  return nameParts(new SkateFormer(skateFormerOptionsOf(config)))
}

function skateFormerOptionsOf(config: Config): SkateFormerOptions {
  const width = config.channels?.[0]
  if (config.embed_dim !== undefined && width !== undefined && config.embed_dim !== width)
    throw new OssatureError('the embedding of this network has another width than its first stage', {
      expected: String(width),
      found: String(config.embed_dim),
    })
  return {
    inChannels: config.in_channels,
    depths: config.depths,
    channels: config.channels,
    numClasses: config.num_classes,
    numPeople: config.num_people,
    numFrames: config.num_frames,
    numPoints: config.num_points,
    kernelSize: config.kernel_size,
    numHeads: config.num_heads,
    sizes: [config.type_1_size, config.type_2_size, config.type_3_size, config.type_4_size],
    attnDrop: config.attn_drop,
    headDrop: config.head_drop,
    drop: config.drop,
    rel: config.rel,
    dropPath: config.drop_path,
    mlpRatio: config.mlp_ratio,
    indexT: config.index_t,
    globalPool: config.global_pool,
  }
}

/**
 * Clips, frame times and labels of a batch; the authors' (N, C, T, V, M) as (N, M, T, V, C). Zeros stand for times and
 * labels that are not given.
 */
export function skateFormerBatch(test: GoldenTest, { x, index_t: indexT, labels }: Config) {
  const clips = test.values(fromChannelFirstBatch(x))
  const [N, , T] = clips.shape
  const times = test.values(indexT ?? { constant: 0, shape: [N, T] })
  const label = Int32Array.from(test.values(labels ?? { constant: 0, shape: [N] }).data)
  return {
    shapes: { x: clips.shape, indexT: times.shape, label: [label.length] },
    feeds: { x: Float32Array.from(clips.data), indexT: Float32Array.from(times.data), label } as Record<
      'x' | 'indexT' | 'label',
      HostArray
    >,
  }
}

/** How much of the target a loss spreads over all classes; as released, every loss but plain cross entropy does. */
export function smoothingOf({ kind, smoothing = 0.1 }: Config = {}): number {
  return kind === 'cross-entropy' || kind === 'CE' ? 0 : smoothing
}

/** The optimisers of the released program. */
export function skateFormerOptimizer(parameters: readonly Parameter[], config: Config): Optimizer {
  const { kind, weight_decay: weightDecay = 0.1, clip_gradient_norm: clip, momentum = 0.9, nesterov } = config
  const clipNorm = clip ?? undefined
  const adaptive = { betas: config.betas, epsilon: config.eps, weightDecay, clipNorm }
  if (kind === 'AdamW') return new AdamW(parameters, adaptive)
  if (kind === 'Adam') return new Adam(parameters, adaptive)
  if (kind === 'SGD') return new Sgd(parameters, { momentum, nesterov, weightDecay, clipNorm })
  throw new OssatureError('this optimiser is not one of the release', {
    expected: 'SGD, Adam or AdamW',
    found: String(kind),
  })
}

/** The learning rate by iteration: a linear warm-up that counts into the cosine, or stands in front of it. */
export function skateFormerSchedule(config: Config): Schedule {
  const { iterations_per_epoch: iterations, epochs, warmup_epochs: warmUp = 0, warmup_prefix: shift = false } = config
  const [length, total] = [warmUp * iterations, epochs * iterations]
  const decay = cosine(config.base_lr, shift ? total - length : total, config.min_lr)
  return linearWarmUp(decay, { length, start: config.warmup_lr, end: config.base_lr, counted: 'before', shift })
}
