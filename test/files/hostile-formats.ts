import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { parseJson } from '../../src/files/json.ts'
import { readPickle } from '../../src/files/pickle/pickle.ts'
import { encodeHeader } from '../../src/files/safetensors/safetensors.ts'
import { TORCH_GLOBALS } from '../../src/files/torch-checkpoint/globals.ts'
import { findStateDict } from '../../src/files/torch-checkpoint/state-dict.ts'
import { readTorchCheckpoint } from '../../src/files/torch-checkpoint/torch-checkpoint.ts'
import { readWeights } from '../../src/files/weights.ts'
import { readZip } from '../../src/files/zip/zip.ts'
import { fixture } from './fixtures.ts'
import { mutationsOf } from './mutations.ts'

/** A kind of file that the package reads: a valid one, and a reader that looks at everything in a file. */
export interface HostileFormat {
  readonly name: string
  readonly original: Uint8Array
  read(file: Uint8Array): void
}

const zip = zipSync({
  'a/one.json': strToU8('{"skeletons": []}'.repeat(20)),
  'two.txt': [strToU8('stored'), { level: 0 }],
})
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const contents = new Set(readZip(zip).map(({ bytes }) => textOf(bytes())))

const safetensors = Uint8Array.of(
  ...encodeHeader(
    [
      { name: 'steps', dtype: 'I64', shape: [2] },
      { name: 'weight', dtype: 'F32', shape: [2, 3] },
      { name: 'half', dtype: 'BF16', shape: [2] },
      { name: 'mask', dtype: 'BOOL', shape: [3] },
    ],
    { epoch: '3' },
  ),
  ...new Uint8Array(2 * 8 + 6 * 4 + 2 * 2),
  ...[0, 1, 0],
)

const checkpoint = new Map(readZip(fixture('checkpoint.pth')).map(({ name, bytes }) => [name, bytes()]))
const PICKLE = 'checkpoint/data.pkl'

/** The values of all tensors of a checkpoint. */
function readTensors(file: Uint8Array): void {
  for (const { data } of findStateDict(readTorchCheckpoint(file)).values()) data.at(-1)
}

/** The checkpoint with another pickle, whose checksum is right. */
function withPickle(pickle: Uint8Array): Uint8Array {
  return zipSync({ ...Object.fromEntries(checkpoint), [PICKLE]: pickle }, { level: 0 })
}

export const HOSTILE_FORMATS: readonly HostileFormat[] = [
  {
    name: 'safetensors',
    original: safetensors,
    read: (file) => void readWeights(file),
  },
  {
    name: 'zip, whose contents are the original ones where they are read',
    original: zip,
    read(file) {
      for (const { bytes } of readZip(file)) expect(contents).toContain(textOf(bytes()))
    },
  },
  {
    name: 'JSON',
    original: strToU8('{"file_name": "a01", "skeletons": [[[0.5, -1e3, 2]]]}'),
    read: (file) => void parseJson(file, 'damaged.json'),
  },
  ...[0, 2, 5].map((protocol) => ({
    name: `pickle of protocol ${protocol}`,
    original: fixture(`protocol-${protocol}.pkl`),
    read: (file: Uint8Array) => void readPickle(file, { globals: TORCH_GLOBALS }),
  })),
  { name: 'checkpoint of PyTorch', original: fixture('checkpoint.pth'), read: readTensors },
  {
    name: 'pickle in a checkpoint of PyTorch',
    original: checkpoint.get(PICKLE)!,
    read: (pickle) => readTensors(withPickle(pickle)),
  },
  { name: 'checkpoint of PyTorch before 1.6', original: fixture('checkpoint-before-1.6.pth'), read: readTensors },
]

/** Declares a test that damages a valid file so often; whatever goes wrong must be told as an OssatureError. */
export function testDamaged({ name, original, read }: HostileFormat, runs: number, timeout: number): void {
  it(
    `${name}, ${runs} times`,
    () => {
      read(original)
      fc.assert(
        fc.property(mutationsOf(original), (file) => survives(() => read(file))),
        { numRuns: runs },
      )
    },
    timeout,
  )
}

export function survives(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof OssatureError)) throw error
  }
}
