import { OssatureError } from '../../errors.ts'
import type { ClipMeta } from '../clip.ts'
import type { ClipEntry } from '../dataset.ts'
import { PROTOCOLS, type Protocol, type ProtocolName } from './protocols.ts'
import type { Split } from './split.ts'

export { splitByPerformer } from './folds.ts'
export { selectById } from './lists.ts'
export { PROTOCOLS, type Protocol, type ProtocolName } from './protocols.ts'
export type { Split } from './split.ts'

/** A protocol and which of its folds, from 1. */
export interface ProtocolFold {
  readonly name: ProtocolName
  readonly protocol: Protocol
  readonly fold: number
}

/**
 * The protocol that is meant by `NAME` or, where there are folds, `NAME:FOLD`.
 * @throws OssatureError for an unknown name, or a fold that does not exist or is missing
 */
export function protocolNamed(text: string): ProtocolFold {
  const [name, number, ...rest] = text.split(':')
  if (!Object.hasOwn(PROTOCOLS, name)) {
    const expected = Object.keys(PROTOCOLS).join(', ')
    throw new OssatureError('there is no such protocol', { expected, found: `'${text}'` })
  }
  const protocol: Protocol = PROTOCOLS[name as ProtocolName]
  const { folds } = protocol
  const fold = number === undefined ? 1 : Number(number)
  const fits = folds === undefined ? number === undefined : number !== undefined && fold >= 1 && fold <= folds
  if (rest.length > 0 || !fits || !Number.isInteger(fold)) {
    throw new OssatureError(folds ? 'the protocol has several folds' : 'the protocol has no folds', {
      where: `protocol ${name}`,
      expected: folds ? `${name}:1 to ${name}:${folds}` : name,
      found: `'${text}'`,
    })
  }
  return { name: name as ProtocolName, protocol, fold }
}

/**
 * Divides clips by a published protocol, `NAME` or `NAME:FOLD`.
 *
 * @throws OssatureError for an unknown name, a clip whose performer, camera or setup is missing or foreign to the
 * protocol, or an empty part
 */
export function splitByProtocol(entries: readonly ClipEntry[], text: string): Split {
  const { name, protocol, fold } = protocolNamed(text)
  const { fields, part, description } = protocol
  const split = { train: [] as number[], test: [] as number[] }
  for (const [index, { id, meta }] of entries.entries()) {
    const missing = fields.filter((field) => meta[field] === undefined)
    const where = missing.length > 0 ? undefined : part(meta as Required<ClipMeta>, fold)
    if (!where) {
      throw new OssatureError(`protocol ${name} does not say where the clip belongs`, {
        where: `clip ${id}`,
        expected: description,
        found:
          missing.length > 0
            ? `no ${missing.join(' and no ')}`
            : fields.map((field) => `${field} ${meta[field]}`).join(', '),
      })
    }
    split[where].push(index)
  }
  return filledSplit(split, `protocol ${name}`, description)
}

/** Both parts must have clips. @throws OssatureError */
export function filledSplit(split: Split, name: string, expected: string): Split {
  for (const [title, part] of [
    ['training', split.train],
    ['test', split.test],
  ] as const) {
    if (part.length === 0) throw new OssatureError(`${name} leaves the ${title} part empty`, { expected })
  }
  return split
}
