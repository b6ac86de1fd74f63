import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { parseJson } from '../../src/files/json.ts'
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors.ts'
import { readZip } from '../../src/files/zip.ts'
import { mutationsOf } from './mutations.ts'

/** Number of damaged files per format; the nightly run sets more. */
const runs = Number(process.env.OSSATURE_MUTATIONS ?? 500)

/** Reads a damaged file; whatever goes wrong must be told as an OssatureError. */
function survives(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof OssatureError)) throw error
  }
}

describe('a damaged file gives an OssatureError or is read', () => {
  const safetensors = writeSafetensors(
    {
      weight: { shape: [2, 3], data: new Float32Array(6) },
      steps: { shape: [2], data: new BigInt64Array(2) },
      mask: { dtype: 'BOOL', shape: [3], data: Uint8Array.of(0, 1, 0) },
    },
    { epoch: '3' },
  )
  const zip = zipSync({
    'a/one.json': strToU8('{"skeletons": []}'.repeat(20)),
    'two.txt': [strToU8('stored'), { level: 0 }],
  })

  it(`safetensors, ${runs} times`, () => {
    const damaged = mutationsOf(safetensors)
    fc.assert(
      fc.property(damaged, (file) => survives(() => readSafetensors(file))),
      { numRuns: runs },
    )
  })

  it(`zip, ${runs} times; contents that are read are the original ones`, () => {
    const contents = new Set(readZip(zip).map(({ bytes }) => new TextDecoder().decode(bytes())))
    const damaged = mutationsOf(zip)
    fc.assert(
      fc.property(damaged, (file) =>
        survives(() => {
          for (const { bytes } of readZip(file)) expect(contents).toContain(new TextDecoder().decode(bytes()))
        }),
      ),
      { numRuns: runs },
    )
  })

  it(`JSON, ${runs} times`, () => {
    const damaged = mutationsOf(strToU8('{"file_name": "a01", "skeletons": [[[0.5, -1e3, 2]]]}'))
    fc.assert(
      fc.property(damaged, (file) => survives(() => parseJson(file, 'damaged.json'))),
      { numRuns: runs },
    )
  })

  it('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (file) => {
        survives(() => readSafetensors(file))
        survives(() => readZip(file))
      }),
    )
  })
})
