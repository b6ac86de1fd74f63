import { setTimeout as pause } from 'node:timers/promises'
import type { Side } from './side.ts'

/** What was measured of one side. */
export interface Measurement {
  readonly label: string
  /** Times of the counted steps, in order. */
  readonly milliseconds: readonly number[]
  /** Losses of all steps, the uncounted ones too. */
  readonly losses: readonly number[]
  readonly peakMib: number | null
}

export interface Rounds {
  /** Counted steps of each side. */
  readonly repeats: number
  /** Steps before them that are not counted: first-run allocation and primitive caches. */
  readonly warmUp: number
  /** Rest between two steps, milliseconds: threads of the side that has just run spin on for a while. */
  readonly pauseMs: number
}

/**
 * Steps the sides in turn, so that a slow or a fast minute of the machine meets all of them. The order is reversed in
 * every second round, so that no side always follows the same other one.
 */
export async function interleave(sides: readonly Side[], rounds: Rounds): Promise<Measurement[]> {
  const milliseconds: number[][] = sides.map(() => [])
  const losses: number[][] = sides.map(() => [])
  for (let round = 0; round < rounds.warmUp + rounds.repeats; round++) {
    const order = [...sides.keys()]
    if (round % 2 === 1) order.reverse()
    for (const index of order) {
      await pause(rounds.pauseMs)
      const { ms, loss } = await sides[index].run()
      losses[index].push(loss)
      if (round >= rounds.warmUp) milliseconds[index].push(ms)
    }
  }
  const peaks: (number | null)[] = []
  for (const side of sides) peaks.push(await side.peakMib())
  return sides.map(({ label }, i) => ({
    label,
    milliseconds: milliseconds[i],
    losses: losses[i],
    peakMib: peaks[i],
  }))
}
