import { classCounts, selectLongTail } from '../../../src/data/sampling/long-tail.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import type { Adapter } from '../../adapter.ts'
import { profileOf } from './class-counts.ts'

/** The actions of NW-UCLA in the order of their classes. */
const actionsOfUcla = [1, 2, 3, 4, 5, 6, 8, 9, 11, 12]

/** The 0-based class in a name of NTU RGB+D, `A001` being class 0, or of NW-UCLA, as in `a08_s01_e00_v01`. */
function classOf(name: string): number {
  const [, letter, number] = /(A|^a)(\d+)/.exec(name) ?? []
  return letter === 'a' ? actionsOfUcla.indexOf(Number(number)) : Number(number) - 1
}

const adapter: Adapter = {
  system: 'brl',
  kind: 'subset-selection',
  run({ config, inputs }, check) {
    const names: string[] = inputs.names
    const counts = classCounts(profileOf(config), { asReleased: true })
    const selected = selectLongTail(names.map(classOf), counts, new LegacyGenerator(config.seed ?? 0))
    check.equal(['counts'], counts)
    check.equal(
      ['selected'],
      selected.map((index) => names[index]),
    )
  },
}

export default adapter
