import { describe, expect, it } from 'vitest'
import { type ClipShape, IterativeAttack, type IterativeAttackOptions } from '../../src/attack/iterative-attack.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { CpuDevice } from '../../src/runtime/cpu/device.ts'
import { multiply, square, subtract, sum, type Tensor } from '../../src/tensor/index.ts'

const SHAPE: ClipShape = [2, 2, 3, 2, 2]
const SIZE = 48
const CLIP = 24
const OPTIONS: IterativeAttackOptions = { iterations: 5, stepSize: 0.01, budget: 0.03, momentum: 0 }

const stream = new CounterStream(11)
const clean = Float32Array.from({ length: SIZE }, () => stream.uniform(-1, 1))
const slopes = Float32Array.from({ length: SIZE }, () => stream.uniform(-1, 1))

type Objective = (x: Tensor, constants: { readonly slopes: Tensor }) => Tensor
const linear: Objective = (x, constants) => sum(multiply(x, constants.slopes))

async function attacked(options: Partial<IterativeAttackOptions> = {}, objective = linear, from = clean) {
  const plan = { shape: SHAPE, constants: { slopes: SHAPE }, objective }
  const attack = await IterativeAttack.compile(plan, { ...OPTIONS, ...options }, new CpuDevice({ threads: 1 }))
  const objectives: number[] = []
  const moved = await attack.run(from, { slopes }, { onIteration: (_, value) => void objectives.push(value) })
  const direction = await attack.direction()
  await attack.release()
  return { moved, objectives, direction }
}

describe('iterative attack', () => {
  it('moves every coordinate by the step size along the sign of the gradient, up to the budget', async () => {
    const { moved } = await attacked({ iterations: 2 })
    moved.forEach((value, i) => {
      expect(value - clean[i]).toBeCloseTo(0.02 * Math.sign(slopes[i]), 6)
    })
    const { moved: far } = await attacked({ iterations: 9 })
    far.forEach((value, i) => {
      expect(value - clean[i]).toBeCloseTo(0.03 * Math.sign(slopes[i]), 6)
    })
  })

  it('increases the objective at every iteration', async () => {
    const { objectives } = await attacked({ budget: 1 })
    expect(objectives).toEqual([...objectives].sort((a, b) => a - b))
  })

  it('divides the gradient by its mean size, clip by clip', async () => {
    const { direction } = await attacked({ iterations: 1 })
    for (const start of [0, CLIP]) {
      const own = direction.slice(start, start + CLIP)
      expect(own.reduce((total, value) => total + Math.abs(value), 0) / CLIP).toBeCloseTo(1, 5)
    }
  })

  it('adds up directions with momentum', async () => {
    // The gradient of a linear objective is always the same, so direction k is (1 + mu + ... + mu^(k-1)) times it.
    const [once, thrice] = [await attacked({ iterations: 1 }), await attacked({ iterations: 3, momentum: 0.5 })]
    thrice.direction.forEach((value, i) => {
      expect(value).toBeCloseTo(1.75 * once.direction[i], 4)
    })
  })

  it('keeps the budget where the gradient turns round', async () => {
    const bowl: Objective = (x, constants) => sum(square(subtract(x, constants.slopes)))
    const { moved } = await attacked({ iterations: 20, stepSize: 0.02, momentum: 1 }, bowl)
    moved.forEach((value, i) => {
      expect(Math.abs(value - clean[i])).toBeLessThan(0.03 + 1e-6)
    })
  })

  it('leaves absent persons alone', async () => {
    const one = clean.slice().fill(0, 12, 24)
    const { moved } = await attacked({}, linear, one)
    expect(moved.slice(12, 24)).toEqual(new Float32Array(12))
    expect(moved[24]).not.toBe(one[24])
  })

  it('moves the first person in any case where that is wanted, and no other', async () => {
    const { moved } = await attacked({ iterations: 1, firstMoves: true }, linear, new Float32Array(SIZE))
    const person = (i: number) => Math.floor(i / (CLIP / 2)) % 2
    moved.forEach((value, i) => {
      expect(value).toBeCloseTo(person(i) === 0 ? 0.01 * Math.sign(slopes[i]) : 0, 6)
    })
  })

  it('stays where the objective is flat', async () => {
    const flat: Objective = (x) => sum(multiply(x, 0))
    expect((await attacked({}, flat)).moved).toEqual(clean)
  })

  it('gives the clean clips after no iterations', async () => {
    expect((await attacked({ iterations: 0 })).moved).toEqual(clean)
  })

  it('starts anew with every batch', async () => {
    const plan = { shape: SHAPE, constants: { slopes: SHAPE }, objective: linear }
    const attack = await IterativeAttack.compile(plan, { ...OPTIONS, momentum: 1 }, new CpuDevice({ threads: 1 }))
    const first = await attack.run(clean, { slopes })
    await attack.run(slopes, { slopes: clean })
    expect(await attack.run(clean, { slopes })).toEqual(first)
    await attack.release()
  })

  it('ends when it is cancelled', async () => {
    const plan = { shape: SHAPE, constants: { slopes: SHAPE }, objective: linear }
    const attack = await IterativeAttack.compile(plan, OPTIONS, new CpuDevice({ threads: 1 }))
    const cancelled = new AbortController()
    let done = 0
    const run = attack.run(
      clean,
      { slopes },
      {
        signal: cancelled.signal,
        onIteration() {
          done++
          cancelled.abort()
        },
      },
    )
    await expect(run).rejects.toThrow('aborted')
    expect(done).toBe(1)
    await attack.release()
  })

  it.each([{ iterations: 1.5 }, { stepSize: 0 }, { budget: -1 }, { momentum: Number.NaN }])(
    'refuses %o',
    async (options) => {
      await expect(attacked(options)).rejects.toThrow('cannot be made with these options')
    },
  )

  it('refuses an objective that does not depend on the clips', async () => {
    await expect(attacked({}, (_, constants) => sum(constants.slopes))).rejects.toThrow('does not depend on the clips')
  })
})
