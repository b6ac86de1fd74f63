import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { createDevice } from '../../../src/runtime/node.ts'
import { exportOnnx, f32, mean, multiply, reshape, type Tensor, trace } from '../../../src/tensor/index.ts'
import { ClipRecognizer } from '../../../src/train/classifier/clip-recognizer.ts'
import { type ClassifierFacts, exportClassifier } from '../../../src/train/classifier/export-classifier.ts'

const FACTS: ClassifierFacts = {
  system: 'test',
  layout: 'nw_ucla',
  classes: ['x', 'y', 'z'],
  recipe: {
    normalize: 'none',
    streams: ['j'],
    sampling: 'uniform',
    clipLength: 4,
    persons: 1,
    view: false,
    scale: 0,
    rotation: 0,
    flip: 0,
  },
}

/** Scores of three classes: the means of the three coordinates. */
const meanOfAxes = { forward: (clip: Tensor) => reshape(mean(clip, [1, 2, 3]), [1, 3]) }

const model = () => exportClassifier(meanOfAxes, { clip: [1, 4, 20, 3] }, FACTS)

/** A clip whose joints all stand at one point. */
function clipAt(point: readonly number[], joints = 20) {
  const data = Float32Array.from({ length: 9 * joints * 3 }, (_, i) => point[i % 3])
  return { data, persons: 1, frames: 9, joints, channels: 3 }
}

describe('a recogniser of clips', () => {
  it('prepares a clip as the model says and gives the probabilities', async () => {
    const recognizer = await ClipRecognizer.open(model(), await createDevice('cpu', { threads: 1 }))
    expect(recognizer.facts).toEqual(FACTS)
    for (const samples of [1, 3]) {
      const probabilities = await recognizer.recognize(clipAt([1, 2, 3]), samples)
      const sum = Math.exp(-2) + Math.exp(-1) + 1
      ;[-2, -1, 0].forEach((score, k) => {
        expect(probabilities[k]).toBeCloseTo(Math.exp(score) / sum, 6)
      })
    }
    await recognizer.release()
    await expect(recognizer.recognize(clipAt([1, 2, 3]))).rejects.toBeInstanceOf(OssatureError)
  })

  it('refuses a clip of another skeleton', async () => {
    const recognizer = await ClipRecognizer.open(model(), await createDevice('cpu', { threads: 1 }))
    await expect(recognizer.recognize(clipAt([1, 2, 3], 25))).rejects.toThrow(/nw_ucla: [\s\S]*20 joints[\s\S]*25/)
  })

  it('refuses a clip with fewer or more numbers than its shape has', async () => {
    const recognizer = await ClipRecognizer.open(model(), await createDevice('cpu', { threads: 1 }))
    const clip = clipAt([1, 2, 3])
    for (const frames of [8, 10])
      await expect(recognizer.recognize({ ...clip, frames })).rejects.toThrow(/x 20 joints x 3[\s\S]*540 numbers/)
  })

  it('refuses a clip with other coordinates, and one without frames', async () => {
    const recognizer = await ClipRecognizer.open(model(), await createDevice('cpu', { threads: 1 }))
    const flat = { data: new Float32Array(9 * 20 * 2), persons: 1, frames: 9, joints: 20, channels: 2 }
    await expect(recognizer.recognize(flat)).rejects.toThrow(/other coordinates[\s\S]*3 coordinates[\s\S]*found: +2/)
    const empty = { ...flat, data: new Float32Array(0), frames: 0, channels: 3 }
    await expect(recognizer.recognize(empty)).rejects.toThrow(/the clip is empty[\s\S]*1 persons x 0 frames/)
  })

  it('refuses what a page may fetch in place of a model', async () => {
    const device = await createDevice('cpu', { threads: 1 })
    const page = new TextEncoder().encode('<!doctype html>')
    await expect(ClipRecognizer.open(page, device)).rejects.toThrow(/web page[\s\S]*address/)
    const buffer = model().buffer as unknown as Uint8Array
    await expect(ClipRecognizer.open(buffer, device)).rejects.toThrow(/Uint8Array[\s\S]*ArrayBuffer/)
  })

  it('refuses bytes that are no model of a run', async () => {
    const device = await createDevice('cpu', { threads: 1 })
    const other = exportOnnx(trace({ x: f32(1) }, ({ x }) => ({ y: multiply(x, 2) })))
    await expect(ClipRecognizer.open(other, device)).rejects.toThrow(/not a classifier of ossature/)
    await expect(ClipRecognizer.open(Uint8Array.of(255, 1, 2), device)).rejects.toThrow(/not an ONNX mo/)
    const damaged = exportOnnx(
      trace({ x: f32(1) }, ({ x }) => ({ y: multiply(x, 2) })),
      { 'ossature.format': '1', 'ossature.classifier': '{}' },
    )
    await expect(ClipRecognizer.open(damaged, device)).rejects.toThrow(/facts about this classifier cannot be read/)
  })
})
