import type { Dataset } from '../data/dataset.ts'
import { topAccuracies } from '../evaluate/metrics/metrics.ts'
import { predictions, type Scores } from '../evaluate/scores/scores.ts'
import type { OnnxRuntimeDevice } from '../runtime/onnxruntime-device.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import type { Progress } from '../train/progress/progress.ts'
import type { ReportedAttack, ReportedVictim } from './attack-report.ts'
import type { AttackedClips } from './attacked-clips.ts'
import { foolingRate } from './fooling-rate.ts'
import { perceptualDeviation } from './perceptual-deviation.ts'
import { type Victim, victimScores } from './victims.ts'

/** Clips that were attacked, and the attacks. */
export interface AttackedSet {
  /** Of the clips that were attacked alone, as recorded. */
  readonly dataset: Dataset
  readonly attacks: readonly AttackedClips[]
}

/** What a victim predicts for each clip, as recorded and under each attack. */
export interface VictimPredictions {
  readonly victim: string
  readonly clean: Int32Array
  readonly attacked: readonly Int32Array[]
}

export interface Assessment {
  readonly attacks: readonly ReportedAttack[]
  readonly victims: readonly ReportedVictim[]
  readonly predictions: readonly VictimPredictions[]
}

/** How much attacks change clips, and what they do to victims. */
export async function assessAttacks(
  { dataset, attacks }: AttackedSet,
  victims: readonly Victim[],
  device: Pick<OnnxRuntimeDevice, 'load'>,
  { progress, signal }: { readonly progress: Progress; readonly signal?: AbortSignal },
): Promise<Assessment> {
  const recorded = dataset.entries.map((_, index) => dataset.clip(index))
  const labels = dataset.entries.map(({ label }) => label)
  const layout = layoutByName(dataset.layout)
  const clean = recorded.map(({ points }) => points)
  const deviations = attacks.map(({ name, description, clips, objective }) => ({
    ...{ name, description, objective },
    deviation: perceptualDeviation(clean, clips, layout),
  }))
  const outcomes: { victim: ReportedVictim; predictions: VictimPredictions }[] = []
  for (const victim of victims) {
    const all: Scores[] = []
    progress.begin(`victim ${victim.name}`, recorded.length * (1 + attacks.length), 'clips')
    for (const points of [clean, ...attacks.map(({ clips }) => clips)]) {
      const seen = recorded.map(({ score }, i) => ({ points: points[i], score }))
      const before = all.length * recorded.length
      const scores = await victimScores(victim, seen, device, (done) => {
        signal?.throwIfAborted()
        progress.update(before + done)
      })
      all.push(scores)
    }
    progress.end()
    outcomes.push(outcomeOf(victim, all, attacks, labels))
  }
  return {
    attacks: deviations,
    victims: outcomes.map(({ victim }) => victim),
    predictions: outcomes.map((outcome) => outcome.predictions),
  }
}

function outcomeOf(
  { name, facts }: Victim,
  [clean, ...attacked]: readonly Scores[],
  attacks: readonly AttackedClips[],
  labels: readonly number[],
): { victim: ReportedVictim; predictions: VictimPredictions } {
  const accuracy = (scores: Scores) => topAccuracies(scores, labels, [1])[0]
  const under = attacked.map((scores, i) => ({
    attack: attacks[i].name,
    foolingRate: foolingRate(clean, scores),
    accuracy: accuracy(scores),
  }))
  return {
    victim: { name, system: facts.system, accuracy: accuracy(clean), attacks: under },
    predictions: { victim: name, clean: predictions(clean), attacked: attacked.map(predictions) },
  }
}
