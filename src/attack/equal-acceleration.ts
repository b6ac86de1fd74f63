import type { Layout } from '../skeleton/layout.ts'
import type { Points } from '../skeleton/points.ts'
import type { AttackedClips } from './attacked-clips.ts'
import { perceptualDeviation } from './perceptual-deviation.ts'

/**
 * An attack with all its displacements made smaller by one factor, so that it changes accelerations as little as another
 * attack does: a budget alone does not see that one motion trembles and the other does not.
 * @param clean the clips as recorded, in the order of both attacks
 * @returns nothing where the attack changes accelerations no more than the other one anyway
 */
export function atEqualAcceleration(
  attack: AttackedClips,
  other: AttackedClips,
  clean: readonly Points[],
  layout: Layout,
): AttackedClips | undefined {
  const [own, wanted] = [attack, other].map(({ clips }) => perceptualDeviation(clean, clips, layout).acceleration)
  if (!(own > wanted)) return undefined
  const factor = wanted / own
  return {
    name: `${attack.name}, as smooth`,
    description: `${attack.name} with ${factor.toPrecision(2)} times its displacements, whose accelerations change as little as under ${other.name}`,
    clips: clean.map((points, i) => scaledDisplacement(points, attack.clips[i], factor)),
    objective: [],
  }
}

function scaledDisplacement(clean: Points, attacked: Points, factor: number): Points {
  return { ...clean, data: clean.data.map((value, i) => value + factor * (attacked.data[i] - value)) }
}
