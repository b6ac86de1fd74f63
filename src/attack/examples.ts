import type { Dataset } from '../data/dataset.ts'
import type { VictimPredictions } from './assess-attacks.ts'
import type { AttackExample } from './attack-report.ts'
import type { AttackedClips } from './attacked-clips.ts'

/**
 * The clips under an attack that deceive most victims, as far as there are any, else the first ones.
 * @param attack whose number among the attacks is `which`
 */
export function examplesOf(
  dataset: Dataset,
  attack: AttackedClips,
  victims: readonly VictimPredictions[],
  which: number,
  count: number,
): AttackExample[] {
  const deceived = (clip: number) => victims.filter(({ clean, attacked }) => clean[clip] !== attacked[which][clip])
  return [...dataset.entries.keys()]
    .map((clip) => ({ clip, victims: deceived(clip).length }))
    .sort((a, b) => b.victims - a.victims || a.clip - b.clip)
    .slice(0, count)
    .map(({ clip }) => {
      const { id, label, points, meta } = dataset.clip(clip)
      return {
        id,
        label: dataset.classes[label],
        clean: points,
        attacked: attack.clips[clip],
        frameRate: meta.frameRate,
        predictions: victims.map(({ victim, clean, attacked }) => ({
          victim,
          clean: dataset.classes[clean[clip]],
          attacked: dataset.classes[attacked[which][clip]],
        })),
      }
    })
}
