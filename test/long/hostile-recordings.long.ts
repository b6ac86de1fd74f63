import { describe, it } from 'vitest'
import { expectSoundOrRefused } from '../data/readers/mutate.ts'
import { RECORDED_FORMATS } from '../data/readers/recorded-formats.ts'

/** Damaged files per format, of which there are about twenty. */
const RUNS = Number(process.env.OSSATURE_MUTATIONS ?? 5000)

describe('damaged recordings give a sound data set or an error for people', () => {
  it.each(RECORDED_FORMATS)('$name', (format) => expectSoundOrRefused(format, RUNS), 30 * 60_000)
})
