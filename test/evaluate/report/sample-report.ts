import type { ReportData, ReportEpoch, ReportRun } from '../../../src/evaluate/report/report-data.ts'
import type { Points } from '../../../src/skeleton/points.ts'

/** A made-up but plausible report: long-tailed training counts, accuracies that fall with them, confusions among neighbours. */
export function sampleReport({ classes = 10, runs = 1, clips = 8, frames = 90 } = {}): ReportData {
  const names = ['plain', 'balanced softmax', 'two streams', 'four streams'].slice(0, runs)
  const listed = names.map((name, index) => sampleRun(name, classes, 0.62 + 0.05 * index, clips, frames))
  return {
    title:
      runs === 1 ? `ST-GCN on a long-tailed set of ${classes} actions` : `${runs} ways to train ST-GCN on long tails`,
    runs: listed,
    comparison: runs > 1 ? { baseline: names[0], note: 'All runs share data, seed and schedule.' } : undefined,
  }
}

const verbs = [
  'drink water',
  'eat meal',
  'brush teeth',
  'brush hair',
  'drop',
  'pick up',
  'throw',
  'sit down',
  'stand up',
]
const manners = ['slowly', 'with the left hand', 'while walking', 'twice', 'from the floor', 'towards a person', 'fast']

export function className(index: number): string {
  const manner = manners[Math.floor(index / verbs.length) % manners.length]
  const verb = verbs[index % verbs.length]
  const round = Math.floor(index / (verbs.length * manners.length))
  return `${index < verbs.length ? verb : `${verb} ${manner}`}${round > 0 ? ` ${round + 1}` : ''}`
}

function sampleRun(name: string, classes: number, skill: number, clips: number, frames: number): ReportRun {
  const indices = Array.from({ length: classes }, (_, index) => index)
  const random = linearCongruential(Math.round(skill * 1000))
  const trainCounts = indices.map((index) => Math.round(600 * 100 ** (-index / Math.max(1, classes - 1))))
  const confusion = indices.map((truth) => {
    const row = new Array<number>(classes).fill(0)
    const accuracy = skill + 0.3 * (1 - (truth / classes) ** 0.8) - 0.45 * (truth / classes) * (1 - skill)
    for (let clip = 0; clip < 40; clip++) {
      const wrong = random() < 0.5 ? truth - 1 - Math.floor(random() * 3) : Math.floor(random() ** 2 * classes)
      row[random() < accuracy ? truth : (wrong + classes) % classes]++
    }
    return row
  })
  const perClass = confusion.map((row, index) => row[index] / 40)
  const mean = (list: number[]) => (list.length ? list.reduce((a, b) => a + b, 0) / list.length : null)
  const group = (belongs: (index: number) => boolean) => mean(perClass.filter((_, index) => belongs(index)))
  const top1 = mean(perClass) ?? 0
  return {
    name,
    system: 'ST-GCN',
    options: {
      learningRate: 0.1,
      batchSize: 64,
      loss: name === 'plain' ? 'cross-entropy' : 'balanced softmax',
      streams: name.includes('streams') ? ['joint', 'bone'] : ['joint'],
      window: 64,
      optimizer: { name: 'SGD', momentum: 0.9, nesterov: true, weightDecay: 0.0005 },
      seed: 1,
      asReleased: false,
    },
    environment: {
      node: 'v20.20.2',
      runtime: 'onnxruntime-node 1.30.0',
      device: 'cpu',
      version: '0.1.0',
      minutes: 42.5,
    },
    dataset: {
      name: `walkers-${classes}`,
      layout: 'ntu-25',
      classes: indices.map(className),
      trainCounts,
      testCounts: indices.map(() => 40),
      bones: structuredClone(bones),
      synthetic: true,
    },
    history: sampleHistory(top1, random),
    result: {
      top1,
      top5: Math.min(1, top1 + 0.18),
      meanClass: top1,
      many: group((index) => trainCounts[index] > 100),
      medium: group((index) => trainCounts[index] >= 20 && trainCounts[index] <= 100),
      few: group((index) => trainCounts[index] < 20),
      thirds: {
        many: group((index) => index < classes / 3),
        medium: group((index) => index >= classes / 3 && index < (2 * classes) / 3),
        few: group((index) => index >= (2 * classes) / 3),
      },
      perClass,
      confusion,
    },
    hardest: Array.from({ length: clips }, (_, index) => ({
      id: `S001C00${1 + (index % 3)}P00${1 + index}R002A0${10 + index}`,
      label: (classes - 1 - (index % classes)) % classes,
      predicted: index === 3 ? (classes - 1 - (index % classes)) % classes : (index * 3 + 1) % classes,
      probability: 0.98 - 0.06 * index,
      labelProbability: 0.002 + 0.004 * index,
      loss: 6.2 - 0.4 * index,
      points: walker(frames, index),
    })),
    notes: [
      'The publication trains for 65 epochs; this run stops after 60, when the learning rate is already at its floor.',
      'Batch normalisation uses the biased variance for the running statistics.',
    ],
  }
}

function sampleHistory(top1: number, random: () => number): ReportEpoch[] {
  return Array.from({ length: 60 }, (_, index) => {
    const epoch = index + 1
    const stage = epoch <= 30 ? 0 : epoch <= 45 ? 1 : 2
    const progress = 1 - Math.exp(-epoch / 11) + 0.06 * stage
    const noise = (stage === 0 ? 0.05 : 0.008) * (random() - 0.5)
    return {
      epoch,
      learningRate: 0.1 * 0.1 ** stage * Math.min(1, epoch / 5),
      trainLoss: 3.9 * Math.exp(-2.6 * progress) + 0.05 + Math.abs(noise),
      trainTop1: Math.min(0.995, progress * 0.9 + noise),
      testLoss: 3.9 * Math.exp(-1.5 * progress) + 0.5 + 4 * Math.abs(noise),
      testTop1: Math.min(1, (top1 * progress) / (1 - Math.exp(-60 / 11) + 0.12) + 2 * noise),
    }
  })
}

/** NTU RGB+D's 25 joints, 0-based. */
export const bones: [child: number, parent: number][] = [
  [0, 1],
  [1, 20],
  [2, 20],
  [3, 2],
  [4, 20],
  [5, 4],
  [6, 5],
  [7, 6],
  [8, 20],
  [9, 8],
  [10, 9],
  [11, 10],
  [12, 0],
  [13, 12],
  [14, 13],
  [15, 14],
  [16, 0],
  [17, 16],
  [18, 17],
  [19, 18],
  [21, 22],
  [22, 7],
  [23, 24],
  [24, 11],
]

/** A person of 1.7 m who walks; odd phases raise an arm. The second person slot stays empty. */
export function walker(frames: number, phase: number): Points {
  const points = { data: new Float32Array(2 * frames * 25 * 3), persons: 2, frames, joints: 25, channels: 3 }
  for (let t = 0; t < frames; t++) {
    const swing = Math.sin((2 * Math.PI * t) / 30 + phase)
    const joint = (index: number, x: number, y: number, z: number) => points.data.set([x, y, z], (t * 25 + index) * 3)
    joint(0, 0, 0.95, 3)
    joint(1, 0, 1.2, 3)
    joint(20, 0, 1.42, 3)
    joint(2, 0, 1.52, 3)
    joint(3, 0, 1.68, 2.98)
    for (const [side, shoulder, hip, tip] of [
      [-1, 4, 12, 21],
      [1, 8, 16, 23],
    ]) {
      const raised = phase % 2 === 1 && side === 1 ? 0.5 + 0.5 * Math.sin((2 * Math.PI * t) / frames - 1.5) : 0
      const forward = 0.22 * swing * side * (1 - raised)
      joint(shoulder, 0.2 * side, 1.4, 3)
      joint(shoulder + 1, (0.26 + 0.1 * raised) * side, 1.14 + 0.3 * raised, 3 - forward / 2)
      joint(shoulder + 2, (0.28 + 0.14 * raised) * side, 0.92 + 0.8 * raised, 3 - forward)
      joint(shoulder + 3, (0.28 + 0.15 * raised) * side, 0.84 + 0.94 * raised, 3 - forward)
      joint(tip, (0.28 + 0.17 * raised) * side, 0.76 + 1.08 * raised, 3 - forward)
      joint(tip + 1, (0.25 + 0.15 * raised) * side, 0.82 + 0.98 * raised, 2.97 - forward)
      const knee = 0.16 * Math.max(0, -swing * side)
      joint(hip, 0.1 * side, 0.9, 3)
      joint(hip + 1, 0.12 * side, 0.48 + knee, 2.95 + 0.2 * swing * side - knee)
      joint(hip + 2, 0.13 * side, 0.08 + 1.2 * knee, 3 + 0.36 * swing * side)
      joint(hip + 3, 0.15 * side, 0.04 + 1.2 * knee, 2.86 + 0.36 * swing * side)
    }
  }
  return points
}

function linearCongruential(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
