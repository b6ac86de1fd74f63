import { OssatureError } from '../../errors.ts'
import { groupClasses } from '../classes/class-groups.ts'
import type { Dataset } from '../dataset.ts'
import type { Division } from './division.ts'
import { PROTOCOLS, type Protocol, protocolNamed, splitByProtocol } from './splits.ts'

/**
 * Divides a data set by a published protocol, `NAME` or `NAME:FOLD`, with the classes that it is about.
 * @throws OssatureError as `splitByProtocol`, and where the classes are those of other data
 */
export function divideByProtocol(dataset: Dataset, name: string): Division {
  const { protocol } = protocolNamed(name)
  const regrouped = protocol.classes ? groupClasses(dataset, protocol.classes) : dataset
  const split = splitByProtocol(regrouped.entries, name)
  const { crossSubject = false, classes } = protocol
  return { dataset: regrouped, ...split, crossSubject, ...(classes !== undefined && { classes }) }
}

/** A protocol by which a data set can be divided. */
export interface FittingProtocol {
  /** As `divideByProtocol` takes it; of folds the first and the last. */
  readonly name: string
  readonly description: string
  /** Whether it was made for these data; otherwise their numbers of performers, cameras, ... fit. */
  readonly meant: boolean
}

/** Every protocol by which these clips can be divided. */
export function fittingProtocols(dataset: Dataset): FittingProtocol[] {
  return Object.entries(PROTOCOLS)
    .filter(([name, { folds }]: [string, Protocol]) => fits(dataset, folds ? `${name}:1` : name))
    .map(([name, { folds, description }]: [string, Protocol]) => ({
      name: folds ? `${name}:1 ... ${name}:${folds}` : name,
      description,
      // A protocol and its data set begin with the same word: ntu-cross-view, ntu.
      meant: dataset.name.toLowerCase().startsWith(name.split('-')[0]),
    }))
}

function fits(dataset: Dataset, name: string): boolean {
  try {
    divideByProtocol(dataset, name)
    return true
  } catch (error) {
    if (error instanceof OssatureError) return false
    throw error
  }
}
