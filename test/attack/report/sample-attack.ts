import type { AttackReport } from '../../../src/attack/attack-report.ts'
import { generateSynthetic } from '../../../src/data/synthetic/index.ts'
import type { Points } from '../../../src/skeleton/points.ts'

const deviation = (size: number) => ({
  position: 2 * size,
  boneLength: 3 * size,
  acceleration: 4 * size,
  l2: 5 * size,
  lInfinity: size,
})

/** A report with two victims, one of them called as no markup should be. */
export function sampleAttack(): AttackReport {
  const [{ id, points, layout }] = generateSynthetic({ classes: 2, clipsPerClass: 1, frames: [8, 8] }).clips
  const attacked: Points = { ...points, data: points.data.map((value) => value + 0.01) }
  const under = (foolingRate: number, accuracy: number) => [
    { attack: 'S2I-FGSM', foolingRate, accuracy },
    { attack: 'random', foolingRate: 0, accuracy: 0.75 },
  ]
  return {
    title: 'smi on synthetic',
    synthetic: true,
    result: {
      ...{ attack: 'smi', dataset: 'synthetic', layout, unit: 'metre', clips: 40, classes: 2, budget: 0.01 },
      attacks: [
        { name: 'S2I-FGSM', description: 'motion two frames back', deviation: deviation(0.01), objective: [1, 2] },
        { name: 'random', description: 'to a random side', deviation: deviation(0.02), objective: [] },
      ],
      victims: [
        { name: 'plain', system: 'baseline', accuracy: 0.75, attacks: under(0.1, 0.7) },
        { name: '<b>bold</b>', system: 'brl', accuracy: 0.75, attacks: under(0.475, 0.4) },
      ],
    },
    examples: [
      {
        ...{ id, label: 'wave', clean: points, attacked },
        predictions: [
          { victim: 'plain', clean: 'wave', attacked: 'wave' },
          { victim: '<b>bold</b>', clean: 'wave', attacked: 'throw' },
        ],
      },
    ],
    options: { attack: 'smi', budget: 0.01 },
    environment: { node: '20' },
    notes: ['2 epochs of pre-training'],
  }
}
