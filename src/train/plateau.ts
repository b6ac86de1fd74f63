/** What a plateau rule remembers between epochs; plain JSON, so that a checkpoint can hold it. */
export interface PlateauState {
  readonly rate: number
  /** Best value so far; null before the first one. */
  readonly best: number | null
  /** Values in a row that were not better. */
  readonly waited: number
  /** Epochs left in which waiting does not count. */
  readonly cooling: number
}

export interface PlateauOptions {
  /** Whether smaller (`min`, a loss) or larger (`max`, an accuracy) is better. Default `min`. */
  readonly mode?: 'min' | 'max'
  /** What the rate is multiplied with. Default 0.1. */
  readonly factor?: number
  readonly patience: number
  /** How much better counts as better. Default 1e-4. */
  readonly threshold?: number
  /** `relative`: better than `best * (1 -+ threshold)`; `absolute`: better than `best -+ threshold`. Default `relative`. */
  readonly thresholdMode?: 'relative' | 'absolute'
  readonly cooldown?: number
  readonly minimumRate?: number
  /** A reduction that changes the rate by no more than this is left out. Default 0. */
  readonly smallestChange?: number
  /**
   * Two libraries, two ways to count. `more-than` (PyTorch): reduce when more than `patience` values in a row were not
   * better. `as-many-as` (Keras): reduce when `patience` of them were not, a cooling epoch being counted down first.
   */
  readonly counting?: 'more-than' | 'as-many-as'
}

/** The state before the first epoch. */
export function plateauStart(rate: number): PlateauState {
  return { rate, best: null, waited: 0, cooling: 0 }
}

/** The state after an epoch whose watched value was `value`; its `rate` is the rate of the next epoch. */
export function plateauStep(state: PlateauState, value: number, options: PlateauOptions): PlateauState {
  const { patience, cooldown = 0, counting = 'more-than' } = options
  const better = isBetter(value, state.best, options)
  const best = better ? value : state.best
  let { waited, cooling, rate } = state
  let reduce: boolean
  if (counting === 'more-than') {
    waited = better ? 0 : waited + 1
    if (cooling > 0) {
      cooling -= 1
      waited = 0
    }
    reduce = waited > patience
  } else {
    if (cooling > 0) {
      cooling -= 1
      waited = 0
    }
    if (better) waited = 0
    else if (cooling === 0) waited += 1
    reduce = !better && cooling === 0 && waited >= patience
  }
  if (!reduce) return { rate, best, waited, cooling }

  const { factor = 0.1, minimumRate = 0, smallestChange = 0 } = options
  const reduced = Math.max(rate * factor, minimumRate)
  const changes = rate - reduced > smallestChange
  if (changes) rate = reduced
  // Keras goes on waiting when nothing is left to reduce.
  if (changes || counting === 'more-than') {
    waited = 0
    cooling = cooldown
  }
  return { rate, best, waited, cooling }
}

function isBetter(value: number, best: number | null, options: PlateauOptions): boolean {
  if (best === null) return !Number.isNaN(value)
  const { mode = 'min', threshold = 1e-4, thresholdMode = 'relative' } = options
  const sign = mode === 'min' ? -1 : 1
  const bound = thresholdMode === 'relative' ? best * (1 + sign * threshold) : best + sign * threshold
  return mode === 'min' ? value < bound : value > bound
}
