import { joinedInputs, preparedForSamples } from '../src/augment/samples/index.ts'
import { takeFrames } from '../src/augment/time/frame-order.ts'
import type { Dataset } from '../src/data/dataset.ts'
import { createDevice } from '../src/runtime/node.ts'
import { layoutByName } from '../src/skeleton/layouts/index.ts'
import type { Points } from '../src/skeleton/points.ts'
import { baseline } from '../src/systems/baseline/index.ts'
import type { ClassificationOptions } from '../src/systems/classification/options.ts'
import { undividedProblem } from '../src/systems/classification/problem.ts'
import { recipeOf } from '../src/systems/classification/recipe.ts'
import { resolveOptions } from '../src/systems/options.ts'
import { FeedsAhead } from '../src/train/feeds-ahead.ts'
import { createProgress } from '../src/train/progress/progress-reporters.ts'
import { fillByName, signal } from './fill.ts'
import { peakMibFromHere } from './memory.ts'
import { augmentation, classes, coordinates, inputNames, type LoadingSizes, optimizer, recordings } from './setting.ts'
import type { Step } from './steps/step.ts'

/**
 * Training as the baseline system does it, on clips that are prepared and augmented on the way: `run` takes some steps
 * whose time does not count, until as many batches are made as used, and then `steps` whose time does. `loss` is always
 * that of the network as it was filled, on a batch without augmentation; it must equal the peer's.
 */
export async function createLoadingStep(network: string, sizes: LoadingSizes): Promise<Step> {
  const peakMib = peakMibFromHere()
  const { clips, frames, threads, loading, filling, steps } = sizes
  const dataset = recordedClips(sizes)
  const values = {
    ...{ backbone: network, clipLength: frames, batchSize: clips, ...augmentation },
    ...{ epochs: 1, repeat: 1, evaluateEvery: 0, threads, loaders: loading === 'fixed' ? 0 : loading },
  }
  const options = resolveOptions(baseline.options, [{ origin: 'benchmark', values }]) as ClassificationOptions
  const device = await createDevice('cpu', { threads })
  const progress = createProgress({ mode: 'quiet' })
  const plan = await baseline.plan(options, undividedProblem(dataset), { device, progress })
  const [phase] = plan.phases
  fillByName(phase.variables)
  device.push(phase.variables.values())
  const step = await device.compile(phase.step)
  const fixed = plainBatch(dataset, options, clips)
  const { loss } = await step.run({ ...fixed, learningRate: Float32Array.of(0) })
  const epoch = phase.epoch(0)
  const ahead = new FeedsAhead(epoch)
  const learningRate = Float32Array.of(optimizer.learningRate)

  async function take(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const feeds = loading === 'fixed' ? fixed : await ahead.next()
      epoch.measure(await step.run({ ...feeds, learningRate }), feeds)
    }
  }
  return {
    async run() {
      await take(filling)
      const start = performance.now()
      await take(steps)
      return { ms: (performance.now() - start) / (steps * clips), loss: loss[0] }
    },
    peakMib,
    async release() {
      await step.release()
      await plan.release?.()
    },
  }
}

/** As many clips as NTU RGB+D has training clips, of which few differ: what is prepared is not found again in memory. */
function recordedClips({ persons, recorded, joints }: LoadingSizes): Dataset {
  const layout = 'nturgb+d'
  const shape = { persons, frames: recorded, joints, channels: coordinates }
  const points = Array.from({ length: recordings.different }, (_, i): Points => {
    const data = signal(`${inputNames.recording}.${i}`, [persons, recorded, joints, coordinates])
    return { ...shape, data }
  })
  const entries = Array.from({ length: recordings.clips }, (_, i) => ({
    ...{ id: `clip${i}`, label: i % classes, persons, frames: recorded, meta: {} },
  }))
  return {
    ...{ name: 'generated', layout, joints, channels: coordinates, entries },
    classes: Array.from({ length: classes }, (_, label) => `class ${label}`),
    clip: (index) => ({ ...entries[index], layout, points: points[index % points.length] }),
  }
}

/** The first clips, prepared, at evenly spaced frames, without augmentation. */
function plainBatch(dataset: Dataset, options: ClassificationOptions, clips: number) {
  const [recipe, layout] = [recipeOf(options, dataset), layoutByName(dataset.layout)]
  const samples = Array.from({ length: clips }, (_, i) => {
    const prepared = preparedForSamples(dataset.clip(i).points, recipe, layout)
    const evenly = Array.from({ length: recipe.clipLength }, (_, t) =>
      Math.floor((t * prepared.frames) / recipe.clipLength),
    )
    return { clip: takeFrames(prepared, evenly).data }
  })
  return { ...joinedInputs(samples), label: Int32Array.from({ length: clips }, (_, i) => dataset.entries[i].label) }
}
