import type { RandomStream } from '../random/stream.ts'
import type { Points } from '../skeleton/points.ts'

/**
 * The control of an attack: every coordinate is moved as far as the attack moved it, to a random side. Clips are changed
 * as much in every norm, without knowledge of a network.
 * @param clean a clip, and `attacked` the same clip under an attack
 */
export function randomDisplacement(clean: Points, attacked: Points, stream: RandomStream): Points {
  const data = clean.data.map((value, i) => {
    const distance = attacked.data[i] - value
    return distance === 0 ? value : stream.unit() < 0.5 ? value + distance : value - distance
  })
  return { ...clean, data }
}
