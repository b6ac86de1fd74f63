import { OssatureError } from '../errors.ts'
import { readSafetensors } from './safetensors/safetensors.ts'
import { findStateDict, type NamedTensor } from './torch-checkpoint/state-dict.ts'
import { isTar, readTorchCheckpoint } from './torch-checkpoint/torch-checkpoint.ts'
import { isZip } from './zip/zip.ts'

/**
 * The tensors of a file by name, whatever it is called: safetensors, or a checkpoint of PyTorch in any of its forms (see
 * `readTorchCheckpoint` and `findStateDict`). Nothing in the file is run.
 *
 * @param where name of the file, for messages
 * @throws OssatureError
 */
export function readWeights(bytes: Uint8Array, where = 'weights'): ReadonlyMap<string, NamedTensor> {
  if (isSafetensors(bytes)) return readSafetensors(bytes, where).tensors
  if (isZip(bytes) || bytes[0] === PICKLE || isTar(bytes)) {
    return findStateDict(readTorchCheckpoint(bytes, where), where)
  }
  throw new OssatureError('these are not weights in a known form', {
    where,
    expected: 'a safetensors file or a checkpoint of PyTorch',
    found: bytes.length === 0 ? 'an empty file' : `a file that begins with ${beginning(bytes)}`,
    hint: 'In Python: safetensors.torch.save_file(model.state_dict(), ...) or torch.save(model.state_dict(), ...).',
  })
}

/** Opcode PROTO, with which pickles of protocol 2 and later begin. */
const PICKLE = 0x80

/** A length in eight bytes that leaves room for the header, which begins with a brace. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 9 && bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0
}

function beginning(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 4)].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(' ')
}
