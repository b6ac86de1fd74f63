import { describe, expect, it } from 'vitest'
import { residualOf } from '../../../src/models/blocks/residual.ts'
import { lastWidth, stagesOf } from '../../../src/models/blocks/stages.ts'
import { Identity } from '../../../src/nn/index.ts'

describe('stages', () => {
  it('are the published ten by default', () => {
    const stages = stagesOf(3, {}, true)
    expect(stages.map(({ outChannels }) => outChannels)).toEqual([64, 64, 64, 64, 128, 128, 128, 256, 256, 256])
    expect(stages.map(({ stride }) => stride)).toEqual([1, 1, 1, 1, 2, 1, 1, 2, 1, 1])
    expect(stages.map(({ residual }) => residual)).toEqual([false, ...Array(9).fill(true)])
    expect(stages.slice(1).map(({ inChannels }) => inChannels)).toEqual(
      stages.slice(0, -1).map(({ outChannels }) => outChannels),
    )
    expect(lastWidth(3, stages)).toBe(256)
  })

  it('widen and shorten where the options say, each on its own', () => {
    const stages = stagesOf(2, { baseChannels: 10, numStages: 4, inflateStages: [2, 4], downStages: [3] }, true)
    expect(stages.map(({ outChannels }) => outChannels)).toEqual([10, 20, 20, 40])
    expect(stages.map(({ stride }) => stride)).toEqual([1, 1, 2, 1])
  })

  it('truncate the widths of a broken ratio, from the first width on', () => {
    const stages = stagesOf(3, { baseChannels: 10, numStages: 3, inflateStages: [2, 3], chRatio: 1.25 }, true)
    expect(stages.map(({ outChannels }) => outChannels)).toEqual([10, 12, 15])
  })

  it('leave the first one out where it would not widen, if asked', () => {
    const options = { baseChannels: 3, numStages: 2, inflateStages: [], downStages: [] }
    expect(stagesOf(3, options, true)).toEqual([{ inChannels: 3, outChannels: 3, stride: 1, residual: true }])
    expect(stagesOf(3, options, false)).toHaveLength(2)
    expect(lastWidth(5, stagesOf(5, { ...options, baseChannels: 5, numStages: 1 }, true))).toBe(5)
  })
})

describe('the residual path', () => {
  const projection = new Identity()
  const stage = { inChannels: 4, outChannels: 4, stride: 1, residual: true }

  it.each([
    ['none in the first block', { ...stage, residual: false }, 'none'],
    ['the input where width and length stay', stage, 'input'],
    ['a projection where the width changes', { ...stage, outChannels: 8 }, projection],
    ['a projection where the length changes', { ...stage, stride: 2 }, projection],
  ])('is %s', (_, of, wanted) => {
    expect(residualOf(of, () => projection)).toBe(wanted)
  })
})
