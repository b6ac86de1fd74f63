import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClipRecipe } from '../src/augment/recipes/clip-recipe.ts'
import { type Dataset, datasetOf, entryOf } from '../src/data/dataset.ts'
import { openStore, writeStore } from '../src/data/store/store.ts'
import { generateSynthetic } from '../src/data/synthetic/index.ts'
import { CounterStream } from '../src/random/counter-stream.ts'
import { ClipSamples } from '../src/train/classifier/clip-samples.ts'

export interface StoreFigures {
  readonly clips: number
  /** Size of the store on the disk, in MiB. */
  readonly mib: number
  readonly write_s: number
  /** The fastest of five times the store was opened. */
  readonly open_ms: number
  /** Training samples per second, read from the store, augmented and put into batches, in one thread. */
  readonly samples_per_s: number
  /** Resident memory of the process before and after those samples, in MiB. */
  readonly memory_mib: readonly [before: number, after: number]
}

const RECIPE: ClipRecipe = {
  normalize: 'unit-range',
  streams: ['j'],
  sampling: 'resample',
  clipLength: 52,
  persons: 1,
  view: true,
  scale: 0.1,
  rotation: 0.3,
  flip: 0.5,
}
const BATCH = 16

/** How a clip store behaves that is far larger than what anyone keeps in memory: generated motion, written, opened, sampled. */
export async function measureStore(clips: number, samples: number): Promise<StoreFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'ossature-bench-'))
  try {
    const path = join(folder, 'store')
    let start = performance.now()
    await writeStore(path, repeated(clips))
    const written = performance.now() - start
    let open = Number.POSITIVE_INFINITY
    for (let i = 0; i < 5; i++) {
      start = performance.now()
      openStore(path).close()
      open = Math.min(open, performance.now() - start)
    }
    const store = openStore(path)
    const made = new ClipSamples(store, RECIPE)
    const random = new CounterStream(0)
    const before = residentMib()
    start = performance.now()
    for (let i = 0; i < samples / BATCH; i++) {
      const batch = random.fork('batch', i)
      made.trainingBatch(
        Array.from({ length: BATCH }, () => batch.integer(0, clips)),
        batch,
      )
    }
    const seconds = (performance.now() - start) / 1000
    const after = residentMib()
    store.close()
    const values = store.entries.reduce((sum, { frames }) => sum + frames * store.joints * store.channels, 0)
    return {
      clips,
      mib: (values * 4) / 2 ** 20,
      write_s: written / 1000,
      open_ms: open,
      samples_per_s: samples / seconds,
      memory_mib: [before, after],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function storeText({ clips, mib, write_s, open_ms, samples_per_s, memory_mib }: StoreFigures): string {
  return [
    `clips    ${clips}, ${mib.toFixed(0)} MiB`,
    `written  in ${write_s.toFixed(1)} s`,
    `opened   in ${open_ms.toFixed(0)} ms`,
    `samples  ${samples_per_s.toFixed(0)} per second`,
    `memory   ${memory_mib.map((value) => value.toFixed(0)).join(' MiB before, ')} MiB after`,
  ].join('\n')
}

/** Few generated clips, again and again under other names, without ever being in memory together. */
function repeated(count: number): Dataset {
  const { classes, clips } = generateSynthetic({ classes: 12, clipsPerClass: 10, frames: [24, 40] })
  const few = datasetOf('synthetic', classes, clips)
  const named = (i: number) => ({ ...few.clip(i % clips.length), id: `clip${i}` })
  return {
    ...few,
    entries: Array.from({ length: count }, (_, i) => ({ ...entryOf(clips[i % clips.length]), id: `clip${i}` })),
    clip: named,
  }
}

const residentMib = (): number => process.memoryUsage().rss / 2 ** 20
