import fc from 'fast-check'
import { describe, it } from 'vitest'
import { HOSTILE_FORMATS, survives, testDamaged } from './hostile-formats.ts'

/** Number of damaged files; `npm run long` takes more. */
const runsOf = (file: Uint8Array) => (file.length > 10_000 ? 100 : 500)

describe('a damaged file gives an OssatureError or is read', () => {
  for (const format of HOSTILE_FORMATS) testDamaged(format, runsOf(format.original), 20_000)

  it('random bytes, whatever they are taken for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (file) => {
        for (const { read } of HOSTILE_FORMATS) survives(() => read(file))
      }),
    )
  })
})
