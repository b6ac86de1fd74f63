/** The blocks of a backbone in PYSKL's configurations. */
export interface StageOptions {
  readonly baseChannels?: number
  readonly numStages?: number
  /** 1-based numbers of the blocks that widen by `chRatio`. */
  readonly inflateStages?: readonly number[]
  /** 1-based numbers of the blocks with temporal stride 2. */
  readonly downStages?: readonly number[]
  readonly chRatio?: number
}

/** What a block is built for. */
export interface Stage {
  readonly inChannels: number
  readonly outChannels: number
  readonly stride: number
  /** Whether the block has a residual path; the first one has none. */
  readonly residual: boolean
}

/**
 * The stages from `inChannels` on. The first widens to `baseChannels`.
 * @param skipEqualFirst leave the first one out where it would not widen
 */
export function stagesOf(inChannels: number, options: StageOptions, skipEqualFirst: boolean): Stage[] {
  const { baseChannels = 64, numStages = 10, inflateStages = [5, 8], downStages = [5, 8], chRatio = 2 } = options
  const stages: Stage[] = []
  if (!skipEqualFirst || inChannels !== baseChannels) {
    stages.push({ inChannels, outChannels: baseChannels, stride: 1, residual: false })
  }
  let width = baseChannels
  let inflations = 0
  for (let number = 2; number <= numStages; number++) {
    const before = width
    if (inflateStages.includes(number)) inflations++
    width = Math.trunc(baseChannels * chRatio ** inflations + 1e-4)
    stages.push({ inChannels: before, outChannels: width, stride: downStages.includes(number) ? 2 : 1, residual: true })
  }
  return stages
}

/** The probability of dropout inside a block: as given, but none in the first one, which has no residual path. */
export function blockDropout(stage: Stage, probability = 0): number {
  return stage.residual ? probability : 0
}

/** Channels behind the last stage; those of the input where there is no stage. */
export function lastWidth(inChannels: number, stages: readonly Stage[]): number {
  return stages.at(-1)?.outChannels ?? inChannels
}
