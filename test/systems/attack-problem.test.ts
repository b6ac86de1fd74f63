import { describe, expect, it } from 'vitest'
import { type AttackOptions, attackMachineOptions, attackOptions } from '../../src/systems/attack-options.ts'
import { attackProblem } from '../../src/systems/attack-problem.ts'
import { smallData } from './small-runs.ts'

const { dataset, split } = smallData()

function attacked(options: Partial<AttackOptions>) {
  const resolved = { ...attackOptions.parse({}), ...attackMachineOptions.parse({}), ...options }
  return attackProblem(dataset, resolved, split).attacked
}

describe('the clips of an attack', () => {
  it('are those of the test', () => {
    expect(attacked({})).toEqual(split.test)
    expect(attacked({ clips: 100 })).toEqual(split.test)
  })

  it('are as many of them as asked for, in their order, others with another seed', () => {
    const [first, again, other] = [0, 0, 1].map((seed) => attacked({ clips: 5, seed }))
    expect(first).toEqual(split.test.filter((index) => first.includes(index)))
    expect(first).toHaveLength(5)
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })
})
