import { createHash } from 'node:crypto'
import { OssatureError } from '../../errors.ts'
import { readSafetensors, writeSafetensors } from '../../files/safetensors/safetensors.ts'
import { type JsonValue, parseJson, stringifyJson } from './json-numbers.ts'

export interface CheckpointTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** Everything of a run that is not a tensor: counters, best metric, positions of random streams, state of schedules. */
export interface CheckpointState {
  /** Epochs completed. */
  readonly epoch: number
  /** Optimiser steps done since the start of the run. */
  readonly step: number
  readonly [name: string]: JsonValue
}

export interface Checkpoint {
  readonly tensors: ReadonlyMap<string, CheckpointTensor>
  readonly state: CheckpointState
}

const FORMAT = 'ossature-checkpoint'
const VERSION = '1'

/**
 * A checkpoint as the bytes of a safetensors file: float32 tensors by name; the state as JSON and a SHA-256 over
 * everything in the metadata. The same checkpoint gives the same bytes.
 */
export function encodeCheckpoint({ tensors, state }: Checkpoint): Uint8Array {
  const text = stringifyJson(state)
  return writeSafetensors(tensors, { format: FORMAT, version: VERSION, state: text, sha256: digest(tensors, text) })
}

/**
 * @param where name of the file, for messages
 * @throws OssatureError when the bytes are truncated, damaged, not a checkpoint, or of a later version
 */
export function decodeCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  if (bytes.length === 0) throw new OssatureError('the checkpoint is empty', { where, found: '0 bytes' })
  const { tensors, metadata } = readSafetensors(bytes, where)
  if (metadata.get('format') !== FORMAT)
    throw new OssatureError('not a checkpoint of a run', {
      where,
      expected: `a safetensors file with metadata format = ${FORMAT}`,
      found: metadata.has('format') ? `format = ${metadata.get('format')}` : 'a safetensors file of another origin',
    })
  if (metadata.get('version') !== VERSION)
    throw new OssatureError('the checkpoint has a form that this version does not know', {
      where,
      expected: `version ${VERSION}`,
      found: `version ${metadata.get('version')}`,
      hint: 'Use the version of ossature that wrote it (environment.json names it).',
    })
  const floats = new Map<string, CheckpointTensor>()
  for (const [name, { dtype, shape, data }] of tensors) {
    if (dtype !== 'F32' || !(data instanceof Float32Array))
      throw new OssatureError(`tensor '${name}' of the checkpoint has the wrong type`, {
        where,
        expected: 'F32',
        found: dtype,
      })
    floats.set(name, { shape, data })
  }
  const text = metadata.get('state') ?? ''
  if (digest(floats, text) !== metadata.get('sha256'))
    throw new OssatureError('the checkpoint is damaged', {
      where,
      expected: `SHA-256 ${metadata.get('sha256')}`,
      found: digest(floats, text),
    })
  return { tensors: floats, state: parseState(text, where) }
}

function parseState(text: string, where: string): CheckpointState {
  let state: unknown
  try {
    state = parseJson(text)
  } catch {}
  const { epoch, step } = (typeof state === 'object' && state !== null ? state : {}) as Partial<CheckpointState>
  if (!Number.isInteger(epoch) || !Number.isInteger(step))
    throw new OssatureError('the state in the checkpoint is not readable', {
      where,
      expected: 'a JSON object with whole numbers "epoch" and "step"',
      found: text.slice(0, 80),
    })
  return state as CheckpointState
}

/** Independent of the order of the tensors. */
function digest(tensors: ReadonlyMap<string, CheckpointTensor>, state: string): string {
  const hash = createHash('sha256').update(state)
  for (const name of [...tensors.keys()].sort()) {
    const { shape, data } = tensors.get(name) as CheckpointTensor
    hash.update(`\0${name}\0${shape.join(',')}\0`)
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  return hash.digest('hex')
}
