import { classCounts, selectLongTail } from '../../../src/data/long-tail.ts'
import { LegacyGenerator } from '../../../src/random/legacy-generator.ts'
import type { Adapter } from '../../adapter.ts'
import { profileOf } from './class-counts.ts'

/** The 0-based class in a name of the NTU data sets: its last number, `A001` being class 0. */
function classOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('A') + 1)) - 1
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
