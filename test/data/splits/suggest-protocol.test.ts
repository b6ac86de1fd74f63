import { describe, expect, it } from 'vitest'
import type { ClipMeta } from '../../../src/data/clip.ts'
import { suggestedProtocol } from '../../../src/data/splits/suggest-protocol.ts'

function data(name: string, metas: readonly ClipMeta[]) {
  const entries = metas.map((meta, i) => ({ id: `${i}`, label: 0, persons: 1, frames: 1, meta }))
  return { name, entries }
}

describe('the division to begin with', () => {
  it('is that of the data where they have one', () => {
    const splits = { labels: { train: [0], test: [1] } }
    expect(suggestedProtocol({ ...data('sbu', [{}, {}]), splits })).toBe('labels')
  })

  it('is a published one where its fields are known', () => {
    expect(suggestedProtocol(data('nw-ucla', [{ camera: 1 }]))).toBe('nw-ucla')
    expect(suggestedProtocol(data('sbu', [{ performer: 1, partner: 2 }]))).toBe('sbu:1')
    expect(suggestedProtocol(data('ntu', [{ performer: 1, camera: 1, setup: 1 }]))).toBe('ntu-cross-subject')
    expect(suggestedProtocol(data('nw-ucla', [{}]))).toBe('folds:clip:1/5')
  })

  it('keeps performers apart where they are known', () => {
    const performers = (...numbers: (number | undefined)[]) => numbers.map((performer) => ({ performer }))
    expect(suggestedProtocol(data('own', performers(1, 2, 1)))).toBe('folds:performer:1/2')
    expect(suggestedProtocol(data('own', performers(1, 2, 3, 4, 5, 6)))).toBe('folds:performer:1/5')
    expect(suggestedProtocol(data('own', performers(1, 1)))).toBe('folds:clip:1/5')
    expect(suggestedProtocol(data('own', performers(1, undefined)))).toBe('folds:clip:1/5')
  })
})
