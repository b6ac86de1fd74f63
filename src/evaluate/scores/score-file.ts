import { statSync } from 'node:fs'
import { join } from 'node:path'
import { OssatureError } from '../../errors.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { readSafetensors, type Safetensors, writeSafetensors } from '../../files/safetensors/safetensors.ts'
import { checkLabels, PROBABILITY_SLACK, type Scores } from './scores.ts'

/** Name of the score file in a run's folder. */
export const SCORES = 'scores.safetensors'

/** Class probabilities of clips, with all that evaluation and fusion need to know of the clips. */
export interface ScoreFile {
  /** (N, K), each row sums to 1. */
  readonly probabilities: Scores
  /** True class of every clip. */
  readonly labels: Int32Array
  /** Every clip's own id. */
  readonly ids: readonly string[]
  /** Class names. */
  readonly classes: readonly string[]
  /** Training clips per class; without them classes cannot be grouped. */
  readonly trainCounts?: readonly number[]
  /** Name of the data set. */
  readonly dataset?: string
  /** Name of the skeleton layout. */
  readonly layout?: string
}

/**
 * A score file's bytes: safetensors with `probabilities` (N, K) and `labels` (N); the metadata hold the lists as JSON.
 */
export function encodeScoreFile(file: ScoreFile): Uint8Array<ArrayBuffer> {
  const { probabilities, labels, ids, classes, trainCounts, dataset, layout } = file
  const tensors = {
    probabilities: { shape: [probabilities.samples, probabilities.classes], data: probabilities.data },
    labels: { shape: [labels.length], data: labels },
  }
  return writeSafetensors(tensors, {
    format: FORMAT,
    ids: JSON.stringify(ids),
    classes: JSON.stringify(classes),
    ...(trainCounts && { trainCounts: JSON.stringify(trainCounts) }),
    ...(dataset !== undefined && { dataset }),
    ...(layout !== undefined && { layout }),
  })
}

const FORMAT = 'ossature-scores'

/**
 * The scores of a run.
 * @param path folder of the run, or a score file
 * @throws OssatureError when there is none, or it is damaged
 */
export function readScoreFile(path: string): ScoreFile {
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  const where = folder ? join(path, SCORES) : path
  if (folder && !statSync(where, { throwIfNoEntry: false }))
    throw new OssatureError('there are no scores', {
      where: path,
      expected: `the folder of a finished run, with ${SCORES}`,
      hint: 'An unfinished run goes on when its `ossature train` command is given again.',
    })
  return decodeScoreFile(readFileBytes(where), where)
}

/**
 * Reads the bytes of a score file.
 * @param where name of the file for messages
 * @throws OssatureError when it is damaged
 */
export function decodeScoreFile(bytes: Uint8Array, where: string): ScoreFile {
  const stored = readSafetensors(bytes, where)
  const { metadata } = stored
  if (metadata.get('format') !== FORMAT) throw unfit(where, 'a file of class scores', metadata.get('format'))
  const probabilities = probabilitiesOf(stored, where)
  const { samples, classes: width } = probabilities
  const labels = labelsOf(stored, where)
  try {
    checkLabels(probabilities, labels)
  } catch (error) {
    throw new OssatureError('the score file is damaged', {
      where,
      found: (error as Error).message.replace(/\s+/g, ' '),
    })
  }
  const ids = listOf(metadata, 'ids', samples, 'string', where) as string[]
  if (new Set(ids).size !== ids.length) throw unfit(where, 'ids that differ', 'an id twice')
  const classes = listOf(metadata, 'classes', width, 'string', where) as string[]
  const counted = metadata.has('trainCounts')
  return {
    probabilities,
    labels,
    ids,
    classes,
    ...(counted && { trainCounts: listOf(metadata, 'trainCounts', width, 'number', where) as number[] }),
    ...(metadata.has('dataset') && { dataset: metadata.get('dataset') }),
    ...(metadata.has('layout') && { layout: metadata.get('layout') }),
  }
}

function probabilitiesOf({ tensors }: Safetensors, where: string): Scores {
  const tensor = tensors.get('probabilities')
  const isReal = tensor?.data instanceof Float32Array || tensor?.data instanceof Float64Array
  if (!tensor || !isReal || tensor.shape.length !== 2 || tensor.shape.some((length) => length === 0))
    throw unfit(where, "a tensor 'probabilities' (clips, classes)", tensor && `${tensor.dtype} [${tensor.shape}]`)
  const data = tensor.data as Float32Array | Float64Array
  const [samples, classes] = tensor.shape
  const stray = data.findIndex((value) => !(value >= 0 && value <= 1 + PROBABILITY_SLACK))
  if (stray >= 0)
    throw new OssatureError('a score is no probability', {
      where: `${where}, clip ${Math.floor(stray / classes)}`,
      expected: '0 to 1',
      found: `${data[stray]}`,
      hint: 'NaN means that the training diverged.',
    })
  return { data, samples, classes }
}

function labelsOf({ tensors }: Safetensors, where: string): Int32Array {
  const tensor = tensors.get('labels')
  if (!(tensor?.data instanceof Int32Array) || tensor.shape.length !== 1)
    throw unfit(where, "a tensor 'labels' (clips) of I32", tensor && `${tensor.dtype} [${tensor.shape}]`)
  return tensor.data
}

function listOf(
  metadata: ReadonlyMap<string, string>,
  name: string,
  length: number,
  type: 'string' | 'number',
  where: string,
): unknown[] {
  let list: unknown
  try {
    list = JSON.parse(metadata.get(name) ?? 'null')
  } catch {}
  const fits = (value: unknown) => (type === 'number' ? isCount(value) : typeof value === 'string')
  if (!Array.isArray(list) || list.length !== length || !list.every(fits))
    throw unfit(
      where,
      `${length} ${type === 'number' ? 'counts' : 'names'} in '${name}'`,
      metadata.get(name)?.slice(0, 60),
    )
  return list
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0
}

function unfit(where: string, expected: string, found: string | undefined): OssatureError {
  return new OssatureError('the score file is damaged', { where, expected, found: found ?? 'nothing' })
}
