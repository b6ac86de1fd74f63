import { OssatureError, shortList } from '../../errors.ts'
import type { NamedFile } from '../named-file.ts'
import { readPickle } from '../pickle/pickle.ts'
import { describeValue, type PickleValue } from '../pickle/values.ts'
import { readZip } from '../zip/zip.ts'
import { StorageTable, storageReference, TORCH_GLOBALS } from './globals.ts'

/** More than any model has; keeps the directory of a hostile archive small. */
const MAX_ENTRIES = 32_768

/** Beside the size of the file: what entries may inflate to, and what the values may take. */
const INFLATED_ALLOWANCE = 16 * 2 ** 20
const VALUES_ALLOWANCE = 32 * 2 ** 20

/**
 * A checkpoint in the form that PyTorch writes since 1.6: a zip archive with `NAME/data.pkl`, storages `NAME/data/KEY`
 * and perhaps `NAME/byteorder`.
 *
 * @throws OssatureError
 */
export function readTorchArchive(bytes: Uint8Array, where: string): PickleValue {
  const limits = {
    entries: MAX_ENTRIES,
    inflatedBytes: bytes.length + INFLATED_ALLOWANCE,
    ratio: Number.POSITIVE_INFINITY,
  }
  const files = new Map(readZip(bytes, where, limits).map((file) => [file.name, file]))
  const pickle = pickleOf(files, where)
  const root = pickle.name.slice(0, -'data.pkl'.length)
  const littleEndian = readByteOrder(files.get(`${root}byteorder`), where)
  const storages = new StorageTable()
  return readPickle(pickle.bytes(), {
    where: pickle.where,
    globals: TORCH_GLOBALS,
    limits: { memory: pickle.size + VALUES_ALLOWANCE, elements: 2 * bytes.length + 2 * INFLATED_ALLOWANCE },
    persistent(id, call) {
      const reference = storageReference(id, call)
      const file = files.get(`${root}data/${reference.key}`)
      if (!file)
        throw call.refused(`the entry ${describeValue(`${root}data/${reference.key}`)}`, 'no such entry in the archive')
      const storage = storages.get(reference, call, once(file))
      if (file.size !== storage.byteLength) {
        throw call.refused(`${storage.byteLength} bytes in ${file.name}`, `${file.size} bytes`)
      }
      storage.littleEndian = littleEndian
      return storage
    },
  })
}

function pickleOf(files: ReadonlyMap<string, NamedFile>, where: string): NamedFile {
  const names = [...files.keys()]
  if (names.some((name) => name.endsWith('/constants.pkl') || name === 'constants.pkl')) {
    throw new OssatureError('this is a program of TorchScript, not a checkpoint', {
      where,
      hint: 'Load it in Python with torch.jit.load and save its state dict: torch.save(model.state_dict(), ...).',
    })
  }
  const found = names.filter((name) => name === 'data.pkl' || name.endsWith('/data.pkl'))
  if (found.length !== 1) {
    throw new OssatureError('this archive is not a checkpoint of PyTorch', {
      where,
      expected: 'one file data.pkl',
      found: found.length > 0 ? `${found.length} of them` : shortList(names) || 'no files',
    })
  }
  return files.get(found[0]) as NamedFile
}

function readByteOrder(file: NamedFile | undefined, where: string): boolean {
  if (!file) return true
  const text = file.size <= 16 ? new TextDecoder().decode(file.bytes()).trim() : ''
  if (text !== 'little' && text !== 'big') {
    throw new OssatureError('the byte order of this checkpoint is not known', {
      where: `${where}, ${file.name}`,
      expected: 'little or big',
      found: JSON.stringify(text),
    })
  }
  return text === 'little'
}

/** The bytes of a file, inflated and checked when they are first asked for. */
function once(file: NamedFile): () => Uint8Array {
  let bytes: Uint8Array | undefined
  return () => {
    bytes ??= file.bytes()
    return bytes
  }
}
