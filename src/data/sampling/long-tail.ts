import { OssatureError } from '../../errors.ts'
import type { RandomStream } from '../../random/stream.ts'

/** How many training clips each class keeps, class 0 the most. */
export interface LongTailProfile {
  /** `exp`: falling exponentially over the classes; `step`: the first half all, the second half the smallest; `even`: all alike. */
  readonly profile: 'exp' | 'step' | 'even'
  readonly classes: number
  /** Clips of the largest class. */
  readonly largest: number
  /** Smallest over largest class, in (0, 1]: the reciprocal of the imbalance factor. */
  readonly factor: number
}

/**
 * Clips per class of a long-tailed training set, in class order (BRL, section "long-tailed sets"):
 * floor(largest * factor^(i / (classes - 1))) for `exp`.
 *
 * With `asReleased`, `step` over an odd number of classes leaves out the last class, as the authors' generator does;
 * otherwise the second part has it.
 * @throws OssatureError when a number of the profile is out of range
 */
export function classCounts(profile: LongTailProfile, options: { asReleased?: boolean } = {}): number[] {
  checkProfile(profile)
  const { classes, largest, factor } = profile
  if (profile.profile === 'exp') {
    const steps = Math.max(classes - 1, 1)
    return Array.from({ length: classes }, (_, i) => Math.floor(largest * factor ** (i / steps)))
  }
  if (profile.profile === 'even') return new Array<number>(classes).fill(largest)
  const half = Math.floor(classes / 2)
  const counts = Array.from({ length: classes }, (_, i) => (i < half ? largest : Math.floor(largest * factor)))
  return options.asReleased ? counts.slice(0, 2 * half) : counts
}

function checkProfile({ classes, largest, factor }: LongTailProfile): void {
  const requirement = (holds: boolean, what: string, expected: string, found: number) => {
    if (!holds) throw new OssatureError(what, { where: 'long-tailed profile', expected, found: `${found}` })
  }
  requirement(
    Number.isInteger(classes) && classes > 0,
    'the number of classes is wrong',
    'a whole number above 0',
    classes,
  )
  requirement(largest > 0, 'the size of the largest class is wrong', 'a number above 0', largest)
  requirement(factor > 0 && factor <= 1, 'the factor is wrong', 'a number above 0, at most 1', factor)
}

/**
 * The profile behind BRL's published splits. Its loss, mix-up and sampler know the split only by its name: `train` is
 * NW-UCLA at imbalance 10, `xset_train` NTU120 X-Set at 100, every other name an NTU set at 100.
 */
export function profileOfSplit(split: string, classes: number): LongTailProfile {
  if (split === 'train') return { profile: 'exp', classes, largest: 100, factor: 0.1 }
  return { profile: 'exp', classes, largest: split === 'xset_train' ? 400 : 600, factor: 0.01 }
}

/**
 * Indices of the clips that a long-tailed training set keeps, class after class: each class's clips, in the order in
 * which they stand, are shuffled and the first `counts[label]` taken (all, where a class has fewer). A subset for a
 * smaller factor is part of the one for a larger factor when the streams start alike.
 *
 * @param labels class index of every clip of the full training set
 * @param counts clips to keep by class
 * @throws OssatureError when a label has no count
 */
export function selectLongTail(labels: ArrayLike<number>, counts: readonly number[], stream: RandomStream): number[] {
  const byClass: number[][] = counts.map(() => [])
  for (let i = 0; i < labels.length; i++) {
    const own = byClass[labels[i]]
    if (own === undefined)
      throw new OssatureError('a label has no class count', {
        where: `clip ${i}`,
        expected: `a class index from 0 to ${counts.length - 1}`,
        found: `${labels[i]}`,
      })
    own.push(i)
  }
  return byClass.flatMap((indices, label) => stream.shuffle(indices).slice(0, counts[label]))
}
