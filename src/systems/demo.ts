import { join } from 'node:path'
import { type Dataset, datasetOf } from '../data/dataset.ts'
import { classCounts } from '../data/sampling/long-tail.ts'
import type { Split } from '../data/splits/splits.ts'
import { generateSynthetic } from '../data/synthetic/index.ts'
import type { ReportData } from '../evaluate/report/report-data.ts'
import type { Progress } from '../train/progress/progress.ts'
import { REPORT } from '../train/run/run-folder.ts'
import { systemNamed } from './index.ts'
import { resolveOptions } from './options.ts'
import { runSystem, writeReport } from './run-system.ts'
import type { SystemOptions } from './system.ts'

/** Classes of the generated set. */
const CLASSES = 12
/** Training clips of the largest class, and how many times the smallest it is. */
const LARGEST = 120
const IMBALANCE = 20
const TEST_CLIPS_PER_CLASS = 25

/**
 * A small network and a short schedule. Both systems take the same number of optimiser steps: an epoch of BRL is about
 * twice as long, because the clips of the tail are repeated. BRL's augmentation is made for long training; so short a run
 * learns more from milder one.
 */
const SMALL = { width: 16, clipLength: 16, repeat: 1, learningRate: 0.05, imbalance: 1, view: false, evaluateEvery: 2 }
const SYSTEMS = [
  { name: 'baseline', options: { ...SMALL, epochs: 30 } },
  { name: 'brl', options: { ...SMALL, epochs: 16, flip: 0, rotation: 0.1 } },
] as const

export interface DemoSettings {
  /** Folder that gets one run folder per system and the report that compares them. */
  readonly out: string
  readonly seed: number
  readonly threads: number
  readonly progress: Progress
  /** Aborting ends the demo after the present step; the reason is thrown. */
  readonly signal?: AbortSignal
}

/** A long-tailed set of generated motion: training and test clips have no performer and no camera in common. */
function demoData(seed: number): { dataset: Dataset; split: Split } {
  const counts = classCounts({ profile: 'exp', classes: CLASSES, largest: LARGEST, factor: 1 / IMBALANCE })
  const train = generateSynthetic({ classes: CLASSES, counts, part: 'train', seed })
  const test = generateSynthetic({ classes: CLASSES, clipsPerClass: TEST_CLIPS_PER_CLASS, part: 'test', seed })
  const clips = [...train.clips, ...test.clips]
  const indices = clips.map((_, index) => index)
  const split = { train: indices.slice(0, train.clips.length), test: indices.slice(train.clips.length) }
  return { dataset: datasetOf('synthetic', train.classes, clips), split }
}

/** Trains the plain baseline and BRL on generated motion and compares them on one page. */
export async function runDemo({
  out,
  seed,
  threads,
  progress,
  signal,
}: DemoSettings): Promise<{ report: string; data: ReportData }> {
  const { dataset, split } = demoData(seed)
  const runs = []
  for (const { name, options } of SYSTEMS) {
    const system = systemNamed(name)
    const values = { ...options, seed, threads }
    const resolved = resolveOptions(system.options, [{ origin: 'demo', values }]) as SystemOptions
    const settings = { out: join(out, name), force: true, progress, signal }
    runs.push((await runSystem(system, resolved, dataset, settings, split)).report)
  }
  const data: ReportData = {
    title: 'BRL and its baseline on synthetic motion',
    runs,
    comparison: {
      baseline: 'baseline',
      note: 'Both took the same number of optimiser steps on the same long-tailed clips.',
    },
  }
  const report = join(out, REPORT)
  await writeReport(report, data)
  return { report, data }
}
