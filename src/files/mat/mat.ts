import { OssatureError } from '../../errors.ts'
import { MatElements } from './elements.ts'
import type { MatValue } from './values.ts'

export type { MatNumbers, MatValue } from './values.ts'

const HEADER_BYTES = 128

/** First bytes of HDF5, on which MATLAB 7.3 builds. */
const HDF5 = [0x89, 0x48, 0x44, 0x46]

/**
 * The variables of a MATLAB file of level 5 (MATLAB 5 to 7.2, and `save -v7`), compressed or not, in either byte order.
 * Nothing in it is run; what is no number, text, cell or struct is named, not read.
 *
 * @param where name of the file for messages
 * @throws OssatureError naming the byte, when it is damaged, or of another level
 */
export function readMat(bytes: Uint8Array, where = 'mat'): Map<string, MatValue> {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 20))
  const isHdf5 = (at: number) => HDF5.every((byte, i) => bytes[at + i] === byte)
  if (start.startsWith('MATLAB 7.3') || isHdf5(0) || isHdf5(512)) {
    throw new OssatureError('files of MATLAB 7.3 are not read', {
      where,
      expected: 'a file of level 5',
      found: 'HDF5',
      hint: "Save it again in MATLAB with save('file.mat', '-v7').",
    })
  }
  const order = String.fromCharCode(bytes[126] ?? 0, bytes[127] ?? 0)
  if (bytes.length < HEADER_BYTES || (order !== 'IM' && order !== 'MI')) {
    throw new OssatureError('this is no MATLAB file of level 5', { where, expected: 'MATLAB 5.0 MAT-file' })
  }
  return new MatElements(bytes, HEADER_BYTES, { littleEndian: order === 'IM', where }).variables()
}
