import fc from 'fast-check'
import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { gunzip } from '../../src/files/gzip.ts'
import { mutationsOf } from './mutations.ts'

const text = new TextEncoder().encode('1,2,3\n'.repeat(100))

describe('gzip', () => {
  it('gives back what was packed', () => {
    expect(gunzip(gzipSync(text))).toEqual(text)
    expect(gunzip(gzipSync(text, { filename: 'a.txt' }))).toEqual(text)
    expect(gunzip(gzipSync(new Uint8Array(0)))).toHaveLength(0)
  })

  it('refuses another kind of file, changed data and a wrong length', () => {
    const packed = gzipSync(text)
    expect(() => gunzip(text, 'a.gz')).toThrow(/a\.gz: .*damaged/)
    expect(() => gunzip(packed.with(packed.length - 5, 0), 'a.gz')).toThrow(/CRC-32/)
    for (const size of [599, 601]) {
      const changed = packed.slice()
      new DataView(changed.buffer).setUint32(changed.length - 4, size, true)
      expect(() => gunzip(changed, 'a.gz')).toThrow(new RegExp(`${size} bytes`))
    }
  })

  it('refuses to inflate to more than is allowed', () => {
    expect(() => gunzip(gzipSync(text), 'a.gz', 599)).toThrow(/at most 599 bytes\n.*600/)
    const boasting = gzipSync(text)
    new DataView(boasting.buffer).setUint32(boasting.length - 4, 0xfffffff0, true)
    expect(() => gunzip(boasting)).toThrow(/at most/)
  })

  it('answers damage with an OssatureError', () => {
    const property = fc.property(mutationsOf(gzipSync(text)), (damaged) => {
      try {
        gunzip(damaged)
      } catch (error) {
        if (!(error instanceof OssatureError)) throw error
      }
    })
    fc.assert(property, { numRuns: Number(process.env.OSSATURE_MUTATIONS ?? 300) })
  })
})
