import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleRecordings } from '../../src/data/synthetic/example-recordings.ts'
import { createDevice } from '../../src/runtime/node.ts'
import { ClipRecognizer } from '../../src/train/classifier/clip-recognizer.ts'
import { settings, writeFiles } from '../systems/small-runs.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossature, ossatureProcess } from './run-cli.ts'

const newFolder = temporaryFolders()

/** The trunk and one arm of the generated clips, under names of their own. */
const LAYOUT = {
  ...{ name: 'own-arm', dimensions: 3, unit: 'metre', centre: 'chest' },
  joints: ['hip', 'chest', 'other', 'palm'],
  bones: { chest: 'hip', other: 'chest', palm: 'chest' },
  axes: { origin: 'hip', up: ['hip', 'chest'], across: ['palm', 'other'] },
}
const COLUMNS = [
  ['base_of_spine', 'hip'],
  ['spine_at_shoulders', 'chest'],
  ['left_shoulder', 'other'],
  ['right_wrist', 'palm'],
]

/** The generated recordings with a few of their columns. */
function recordings(): Map<string, string> {
  const axes = ['x', 'y', 'z']
  const reduced = [...exampleRecordings(0)].map(([name, text]): [string, string] => {
    if (name === 'labels.csv') return [name, text]
    const [header, ...lines] = text.trimEnd().split('\n')
    const places = COLUMNS.flatMap(([joint]) => axes.map((axis) => header.split(',').indexOf(`${joint}_${axis}`)))
    const titles = COLUMNS.flatMap(([, joint]) => axes.map((axis) => `${joint}_${axis}`)).join(',')
    const rows = lines.map((line) => places.map((place) => line.split(',')[place]).join(','))
    return [name, `${[titles, ...rows].join('\n')}\n`]
  })
  return new Map([...reduced, ['layout.json', JSON.stringify(LAYOUT)]])
}

describe('a layout of one’s own', () => {
  it('goes with the clip store into another process, and with the trained network out of it', async () => {
    const folder = newFolder()
    const data = writeFiles(join(folder, 'recordings'), recordings())
    const [store, run] = [join(folder, 'store'), join(folder, 'run')]
    expect(await ossature('data', 'import', data, store)).toMatchObject({ code: 0 })
    expect((await ossature('data', 'inspect', store)).stdout).toMatch(/own-arm, 4 joints.*3 palm/s)
    const options = settings({ epochs: 1, testClips: 1, protocol: 'folds:performer:1/5' })
    const trained = await ossatureProcess(['train', 'baseline', '--data', store, '--out', run, ...options])
    expect(trained, trained.stderr).toMatchObject({ code: 0 })

    const recognizer = await ClipRecognizer.open(
      new Uint8Array(readFileSync(join(run, 'model.onnx'))),
      await createDevice('cpu', { threads: 1 }),
    )
    expect(recognizer.layout).toMatchObject({ name: 'own-arm', joints: LAYOUT.joints, parents: [0, 0, 1, 1] })
    const points = { data: Float32Array.from({ length: 108 }, (_, i) => Math.sin(i)), persons: 1, frames: 9 }
    const probabilities = await recognizer.recognize({ ...points, joints: 4, channels: 3 })
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5)
    await recognizer.release()
  })
})
