import { describe, it } from 'vitest'
import { expectSoundOrRefused } from './mutate.ts'
import { RECORDED_FORMATS } from './recorded-formats.ts'

/** Damaged files per format; thousands in `test/long`. */
const RUNS = Number(process.env.OSSATURE_MUTATIONS ?? 200)

describe('damaged recordings give a sound data set or an error for people', () => {
  it.each(RECORDED_FORMATS)('$name', (format) => expectSoundOrRefused(format, RUNS), 60_000)
})
