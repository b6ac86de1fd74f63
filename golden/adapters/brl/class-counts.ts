import { classCounts, type LongTailProfile } from '../../../src/data/sampling/long-tail.ts'
import type { Adapter } from '../../adapter.ts'

/** The profile of a fixture: names that the authors' generator does not know keep every class at its largest size. */
export function profileOf(config: {
  profile: string
  classes: number
  n_max: number
  factor: number
}): LongTailProfile {
  const profile = config.profile === 'exp' || config.profile === 'step' ? config.profile : 'even'
  return { profile, classes: config.classes, largest: config.n_max, factor: config.factor ?? 1 }
}

const adapter: Adapter = {
  system: 'brl',
  kind: 'class-counts',
  run({ config }, check) {
    const counts = classCounts(profileOf(config), { asReleased: true })
    const total = counts.reduce((sum, count) => sum + count, 0)
    check.equal(['counts'], counts)
    check.equal(['total'], total)
    // The lists themselves are not at hand: of what is known about them, only the length follows from the counts.
    if (!check.has(['shipped_list'])) return
    check.equal(['shipped_list', 'lines'], total)
    for (const key of check.keys(['shipped_list'])) check.use(['shipped_list', key])
  },
}

export default adapter
