import { describe } from 'vitest'
import { HOSTILE_FORMATS, testDamaged } from '../files/hostile-formats.ts'

/** Number of damaged files per format, of which there are nine. */
const RUNS = Number(process.env.OSSATURE_MUTATIONS ?? 3000)

describe('a damaged file gives an OssatureError or is read', () => {
  for (const format of HOSTILE_FORMATS) testDamaged(format, RUNS, 30 * 60_000)
})
