import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromBinary } from '@bufbuild/protobuf'
import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { inputShapes, preparedForSamples, testInputs } from '../../src/augment/samples/index.ts'
import type { Clip } from '../../src/data/clip.ts'
import { type Dataset, datasetOf } from '../../src/data/dataset.ts'
import type { Split } from '../../src/data/splits/splits.ts'
import { CounterStream } from '../../src/random/counter-stream.ts'
import { layoutByName } from '../../src/skeleton/layouts/index.ts'
import { type ModelProto, ModelProtoSchema } from '../../src/tensor/onnx/onnx_pb.ts'
import type { ClassifierFacts } from '../../src/train/classifier/export-classifier.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { smallData, train } from './small-runs.ts'

const newFolder = temporaryFolders()

interface Case {
  readonly title: string
  readonly system: string
  readonly data: { dataset: Dataset; split: Split }
  readonly changes: Record<string, unknown>
  /** What the metadata must say of the preparation of clips. */
  readonly recipe: Partial<ClassifierFacts['recipe']>
}

const CASES: readonly Case[] = [
  {
    title: 'baseline, 20 joints',
    system: 'baseline',
    data: smallData(),
    changes: {},
    recipe: { normalize: 'unit-range', sampling: 'resample', streams: ['j'], clipLength: 8, persons: 1 },
  },
  {
    title: 'baseline, CTR-GCN, two persons of 25 joints, several samples of each test clip',
    system: 'baseline',
    data: twoPersons(),
    changes: { backbone: 'ctrgcn', stream: 'bm', clipLength: 12, testClips: 3, epochs: 1 },
    recipe: { normalize: 'spine', sampling: 'uniform', streams: ['bm'], clipLength: 12, persons: 2 },
  },
  {
    title: 'BRL, 20 joints',
    system: 'brl',
    data: smallData(),
    changes: { backbone: 'stgcnpp', clipLength: 16 },
    recipe: { normalize: 'unit-range', sampling: 'resample', streams: ['j'], clipLength: 16, persons: 1 },
  },
  {
    title: 'HiCLR, votes of the nearest clips',
    system: 'hiclr',
    data: smallData(),
    changes: { pretrainEpochs: 0, evaluation: 'knn', neighbours: 5, voteTemperature: 0.1, stream: 'b' },
    recipe: { kind: 'frame-cache', stream: 'b', window: 8, persons: 1, basic: false },
  },
]

describe.each(CASES)('model.onnx of $title', ({ system, data, changes, recipe }) => {
  const run = join(newFolder(), 'run')
  const { dataset, split } = data
  let model: ModelProto

  beforeAll(async () => {
    await train(system, run, data, changes)
    model = fromBinary(ModelProtoSchema, readFileSync(join(run, 'model.onnx')))
  }, 60_000)

  it('says in its metadata what it was trained on', () => {
    expect(factsOf(model)).toMatchObject({ system, layout: dataset.layout, classes: dataset.classes, recipe })
    expect(metadataOf(model).get('ossature.format')).toBe('1')
  })

  it('has operators of the standard domain only, and shapes that are fixed', () => {
    expect(model.opsetImport.map(({ domain }) => domain)).toEqual([''])
    expect(new Set(model.graph!.node.map(({ domain }) => domain))).toEqual(new Set(['']))
    expect(model.functions).toEqual([])
    const { clip } = inputShapes(factsOf(model).recipe, dataset)
    expect(signature(model.graph!.input)).toEqual([['clip', [1, ...clip]]])
    const classes = dataset.classes.length
    expect(signature(model.graph!.output)).toEqual([
      ['logits', [1, classes]],
      ['probabilities', [1, classes]],
    ])
  })

  it('gives the probabilities of the run in plain ONNX Runtime, with clips prepared as its metadata say', async () => {
    const { recipe, layout: name } = factsOf(model)
    const layout = layoutByName(name)
    const session = await ort.InferenceSession.create(join(run, 'model.onnx'), { intraOpNumThreads: 1 })
    const recorded = scoresOf(run)
    expect(recorded.shape).toEqual([split.test.length, dataset.classes.length])
    for (const [row, index] of split.test.entries()) {
      const clip = preparedForSamples(dataset.clip(index).points, recipe, layout)
      const samples = testInputs(clip, recipe, layout, Number(changes.testClips ?? 1))
      const mean = new Float64Array(dataset.classes.length)
      for (const sample of samples) {
        const shape = [1, ...inputShapes(recipe, dataset).clip]
        const { probabilities } = await session.run({ clip: new ort.Tensor('float32', sample.clip, shape) })
        ;(probabilities.data as Float32Array).forEach((value, k) => {
          mean[k] += value / samples.length
        })
      }
      mean.forEach((value, k) => {
        expect(Math.abs(value - recorded.data[row * mean.length + k])).toBeLessThan(1e-5)
      })
    }
    await session.release()
  })
})

function metadataOf(model: ModelProto): Map<string, string> {
  return new Map(model.metadataProps.map(({ key, value }) => [key, value]))
}

function factsOf(model: ModelProto): ClassifierFacts {
  return JSON.parse(metadataOf(model).get('ossature.classifier')!)
}

function signature(values: NonNullable<ModelProto['graph']>['input']) {
  return values.map(({ name, type }) => {
    const tensor = type!.value.case === 'tensorType' ? type!.value.value : undefined
    return [name, tensor!.shape!.dim.map(({ value }) => Number(value.value))]
  })
}

/** Read by hand from the description of safetensors: length of the header, header, values. */
function scoresOf(run: string): { shape: number[]; data: Float64Array } {
  const bytes = readFileSync(join(run, 'scores.safetensors'))
  const length = Number(bytes.readBigUInt64LE(0))
  const { dtype, shape, data_offsets } = JSON.parse(bytes.toString('utf8', 8, 8 + length)).probabilities
  expect(dtype).toBe('F64')
  const [begin, end] = data_offsets.map((offset: number) => 8 + length + offset)
  return { shape, data: Float64Array.from({ length: (end - begin) / 8 }, (_, i) => bytes.readDoubleLE(begin + 8 * i)) }
}

/** Random walks of two persons with the joints of NTU RGB+D. */
function twoPersons(): { dataset: Dataset; split: Split } {
  const clips = Array.from({ length: 8 }, (_, index): Clip => {
    const stream = new CounterStream(7).fork('clip', index)
    const [persons, frames, joints, channels] = [2, 9 + index, 25, 3]
    const data = Float32Array.from({ length: persons * frames * joints * channels }, () => stream.normal())
    return {
      id: `clip ${index}`,
      label: index % 2,
      layout: 'nturgb+d',
      points: { data, persons, frames, joints, channels },
      meta: {},
    }
  })
  return { dataset: datasetOf('walks', ['one', 'two'], clips), split: { train: [0, 1, 2, 3, 4], test: [5, 6, 7] } }
}
