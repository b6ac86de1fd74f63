import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Clip } from '../data/clip.ts'
import type { Dataset } from '../data/dataset.ts'
import { OssatureError } from '../errors.ts'
import type { Scores } from '../evaluate/scores/scores.ts'
import { readFileBytes } from '../files/file-tree.ts'
import type { OnnxRuntimeDevice } from '../runtime/onnxruntime-device.ts'
import { ClipRecognizer } from '../train/classifier/clip-recognizer.ts'
import type { ClassifierFacts } from '../train/classifier/export-classifier.ts'
import { readClassifierFacts } from '../train/classifier/read-classifier.ts'
import { MODEL } from '../train/run/run-folder.ts'
import { runNames } from '../train/run/run-names.ts'
import { isRun, readRunOptions } from '../train/run/run-record.ts'

/** A trained classifier that is attacked: the `model.onnx` of a run. */
export interface Victim {
  readonly name: string
  readonly path: string
  readonly facts: ClassifierFacts
  /** Samples of a clip whose probabilities are averaged, as in the run's own test. */
  readonly samples: number
  readonly model: Uint8Array
}

/**
 * The classifiers of runs.
 * @throws OssatureError for none, for a folder that is no finished run, and for a classifier of another skeleton or of
 *   other classes than the data
 */
export function readVictims(paths: readonly string[], dataset: Dataset): Victim[] {
  if (paths.length === 0) throw new OssatureError('no victim is named', { hint: 'Name runs with --victims RUN,RUN.' })
  const names = runNames(paths)
  return paths.map((path, index) => {
    if (!isRun(path)) throw new OssatureError('the victim is not the folder of a run', { where: path })
    const file = join(path, MODEL)
    const model = readFileBytes(file)
    const facts = readClassifierFacts(model, file)
    requireFit(facts, dataset, path)
    const { testClips } = readRunOptions(path)
    return { name: names[index], path, facts, samples: typeof testClips === 'number' ? testClips : 1, model }
  })
}

/**
 * The probabilities that a victim gives to clips.
 * @param onClip told the number of clips done; what it throws ends the work
 */
export async function victimScores(
  { model, samples, facts }: Victim,
  clips: Iterable<Pick<Clip, 'points' | 'score'>>,
  device: Pick<OnnxRuntimeDevice, 'load'>,
  onClip: (done: number) => void = () => {},
): Promise<Scores> {
  const recognizer = await ClipRecognizer.open(model, device)
  const rows: Float32Array[] = []
  try {
    for (const { points, score } of clips) {
      rows.push(await recognizer.recognize({ ...points, score }, samples))
      onClip(rows.length)
    }
  } finally {
    await recognizer.release()
  }
  const classes = facts.classes.length
  const data = new Float32Array(rows.length * classes)
  rows.forEach((row, i) => {
    data.set(row, i * classes)
  })
  return { data, samples: rows.length, classes }
}

function requireFit(facts: ClassifierFacts, { name, layout, classes }: Dataset, path: string): void {
  if (facts.layout !== layout)
    throw new OssatureError('the victim knows another skeleton than the data', {
      where: path,
      expected: `layout ${layout}, as ${name}`,
      found: `layout ${facts.layout}`,
    })
  if (isDeepStrictEqual([...facts.classes], [...classes])) return
  const missing = classes.filter((title) => !facts.classes.includes(title))
  throw new OssatureError('the victim tells other classes apart than the data have', {
    where: path,
    expected: `the ${classes.length} classes of ${name}, in their order`,
    found: missing.length > 0 ? `${facts.classes.length} classes, no '${missing[0]}'` : 'others or another order',
    hint: 'Attack it on the data set, and by the protocol, that it was trained with.',
  })
}
