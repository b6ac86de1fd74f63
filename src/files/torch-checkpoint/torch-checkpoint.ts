import { OssatureError } from '../../errors.ts'
import { readPickle } from '../pickle/pickle.ts'
import type { PickleValue } from '../pickle/values.ts'
import { isZip } from '../zip/zip.ts'
import { readTorchArchive } from './archive.ts'
import { TORCH_GLOBALS } from './globals.ts'
import { isLegacyTorch, readLegacyTorch } from './legacy.ts'

/**
 * What `torch.save` wrote: Maps, arrays, numbers, text and `TorchTensor`s. The form is told from the content: the zip
 * archive of PyTorch 1.6 and later, the form before it, or a plain pickle of Python with NumPy arrays. Nothing in the
 * file is run: it may hold plain data only.
 *
 * @param where name of the file, for messages
 * @throws OssatureError when it is damaged, of another form, or holds anything but plain data
 */
export function readTorchCheckpoint(bytes: Uint8Array, where = 'checkpoint'): PickleValue {
  if (isZip(bytes)) return readTorchArchive(bytes, where)
  if (isLegacyTorch(bytes)) return readLegacyTorch(bytes, where)
  if (isTar(bytes)) {
    throw new OssatureError('this is a tar archive', {
      where,
      expected: 'a checkpoint as PyTorch writes it since 0.2',
      found: 'a tar archive',
      hint: 'If PyTorch before 0.2 wrote it, load it in a current PyTorch and save it again; else unpack it first.',
    })
  }
  return readPickle(bytes, { where, globals: TORCH_GLOBALS })
}

/** Whether the bytes are a tar archive (POSIX or GNU: `ustar` at byte 257). */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length > 262 && String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar'
}
