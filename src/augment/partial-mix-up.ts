import { OssatureError } from '../errors.ts'
import type { RandomStream } from '../random/stream.ts'

/** N clips of equal shape, row-major (N, M, T, V, C). */
export interface ClipBatch {
  readonly data: Float32Array
  readonly shape: readonly [number, number, number, number, number]
}

export interface PartialMixUpOptions {
  /** Joints that a mixed clip keeps; with `lower` every joint exactly once. */
  upper: readonly number[]
  /** Joints that a mixed clip takes from its partner. */
  lower: readonly number[]
  /** Share of the batch that is mixed, rounded down to whole clips. Default 1/16. */
  ratio?: number
  /** Weight of the kept label when neither class is much rarer. Default 0.64, 16 of 25 joints. */
  alpha?: number
  /** A class with this many times the training clips of the other gives way to it. Default 3. */
  imK?: number
  /** Training clips per class. Without them every mixed clip has the weight alpha (`base_mix_up`). */
  classCounts?: readonly number[]
  /**
   * Where the released code departs from the idea; each default is what the paper describes.
   * `jointOrder` concatenated: joint k of a mixed clip is joint k of upper followed by lower.
   * `partners` sequential: partners may be mixed already, drawn clips leave the pool, and the clip after a drawn one is
   * never mixed. `lambda` batch: all clips share the weight of the last pair, 0 when nothing was drawn (or alpha
   * without class counts).
   */
  jointOrder?: 'kept' | 'concatenated'
  partners?: 'original' | 'sequential'
  lambda?: 'clip' | 'batch'
}

export interface MixedBatch {
  readonly clips: ClipBatch
  /** Labels of the clips and of their partners; equal where nothing was mixed. */
  readonly labelA: Int32Array
  readonly labelB: Int32Array
  /** Per clip the weight of label a; 1 - lambda is the weight of label b. */
  readonly lambda: Float32Array
  /** Number of clips that were drawn for mixing. */
  readonly drawn: number
  /** The clips that were mixed, in the order in which it was done. */
  readonly mixed: readonly number[]
}

/** The options under which `partialMixUp` repeats the released code. */
export const releasedPartialMixUp = {
  jointOrder: 'concatenated',
  partners: 'sequential',
  lambda: 'batch',
} as const satisfies Partial<PartialMixUpOptions>

/**
 * Rebalanced partial mix-up of BRL (spatial-temporal action exploration): some clips get the lower body of another clip,
 * and the label of the rarer class counts. The batch is not changed.
 * Draws: a sample of the clip indices, then per mixed clip, in rising order, one choice among its partners.
 * @throws OssatureError when upper and lower do not share out the joints, or a label has no class count.
 */
export function partialMixUp(
  batch: ClipBatch,
  labels: ArrayLike<number>,
  options: PartialMixUpOptions,
  stream: RandomStream,
): MixedBatch {
  const { ratio = 1 / 16, alpha = 0.64, imK = 3, classCounts, partners = 'original', lambda: scope = 'clip' } = options
  const count = batch.shape[0]
  check(batch, labels, options)
  const data = Float32Array.from(batch.data)
  const labelA = Int32Array.from(labels)
  const labelB = Int32Array.from(labels)
  const lambda = new Float32Array(count).fill(scope === 'clip' ? 1 : classCounts ? 0 : alpha)
  const all = Array.from({ length: count }, (_, i) => i)
  const drawn = new Set(stream.sampleBelow(count, Math.floor(ratio * count)))
  const mixed: number[] = []

  const mix = (clip: number, pool: readonly number[]) => {
    const partner = stream.choice(pool)
    const source = partners === 'sequential' ? data : batch.data
    replaceJoints(data, source, clip, partner, batch.shape, options)
    labelB[clip] = labelA[partner]
    const weight = classCounts ? weightOf(classCounts[labelA[clip]], classCounts[labelA[partner]], alpha, imK) : alpha
    if (scope === 'clip') lambda[clip] = weight
    else lambda.fill(weight)
    mixed.push(clip)
  }

  if (partners === 'original') {
    for (const clip of all) {
      if (drawn.has(clip) && count > 1) mix(clip, all.toSpliced(clip, 1))
    }
  } else {
    const pool = all
    for (let position = 0; position < pool.length; position++) {
      const clip = pool[position]
      if (!drawn.has(clip)) continue
      pool.splice(position, 1)
      if (pool.length > 0) mix(clip, pool)
    }
  }
  return { clips: { data, shape: batch.shape }, labelA, labelB, lambda, drawn: drawn.size, mixed }
}

/** 0 when the partner's class is much rarer, 1 when the clip's own class is, alpha in between. */
function weightOf(own: number, partner: number, alpha: number, imK: number): number {
  if (own > imK * partner) return 0
  return partner > imK * own ? 1 : alpha
}

function replaceJoints(
  data: Float32Array,
  source: Float32Array,
  clip: number,
  partner: number,
  [, persons, frames, joints, channels]: ClipBatch['shape'],
  { upper, lower, jointOrder = 'kept' }: PartialMixUpOptions,
): void {
  const poseSize = joints * channels
  const clipSize = persons * frames * poseSize
  const order = [...upper, ...lower]
  for (let frame = 0; frame < persons * frames; frame++) {
    const start = clip * clipSize + frame * poseSize
    const own = data.slice(start, start + poseSize)
    const other = source.subarray(partner * clipSize + frame * poseSize)
    order.forEach((joint, k) => {
      const from = k < upper.length ? own : other
      const to = start + (jointOrder === 'kept' ? joint : k) * channels
      for (let c = 0; c < channels; c++) data[to + c] = from[joint * channels + c]
    })
  }
}

function check(batch: ClipBatch, labels: ArrayLike<number>, { upper, lower, classCounts }: PartialMixUpOptions): void {
  const [count, , , joints] = batch.shape
  const size = batch.shape.reduce((product, axis) => product * axis, 1)
  if (batch.data.length !== size || labels.length !== count) {
    throw new OssatureError('batch and labels do not fit together', {
      expected: `${size} values and ${count} labels for (${batch.shape.join(', ')})`,
      found: `${batch.data.length} values and ${labels.length} labels`,
    })
  }
  const named = new Set([...upper, ...lower])
  const isJoint = (joint: number) => Number.isInteger(joint) && joint >= 0 && joint < joints
  if (named.size !== joints || upper.length + lower.length !== joints || ![...named].every(isJoint)) {
    throw new OssatureError('upper and lower body have to share out the joints', {
      expected: `every joint 0 to ${joints - 1} once`,
      found: `${upper.length} upper and ${lower.length} lower joints`,
    })
  }
  const unknown = classCounts && Array.from(labels).find((label) => !(label >= 0 && label < classCounts.length))
  if (unknown !== undefined) {
    throw new OssatureError('a label without class count', {
      expected: `0 to ${(classCounts?.length ?? 0) - 1}`,
      found: String(unknown),
    })
  }
}
