import type { z } from 'zod'
import type { OssatureError } from '../../errors.ts'
import type { NamedFile } from '../../files/named-file.ts'
import type { Dataset } from '../dataset.ts'

/** Is told of a clip that cannot be read, and where it lies. */
export type OnDamaged = (error: OssatureError, where: string) => void

/** Turns the files of one published data set or recording tool into clips. */
export interface Reader<S extends z.ZodObject = z.ZodObject> {
  /** As on the command line. */
  readonly name: string
  /** One sentence for help texts: which files. */
  readonly description: string
  /** Choices, each with a default and a sentence, where there are any beside those that every reader has. */
  readonly options?: S
  /** Whether the files look like this format, from their names and at most the beginning of one of them. */
  recognises(files: readonly NamedFile[]): boolean
  /**
   * @param where name of the folder or archive for messages
   * @param options values that `options` has checked; default: those of `options`
   * @param onDamaged is told of each clip that cannot be read, which is then left out, where clips lie in files of their
   * own; without it they are refused
   * @throws OssatureError naming file, frame and joint
   */
  read(files: readonly NamedFile[], where: string, options?: z.output<S>, onDamaged?: OnDamaged): Dataset
}

/** Declares a reader with options. Inside, they have the types of its schema; outside, every reader looks the same. */
export function defineReader<S extends z.ZodObject>(reader: Reader<S>): Reader {
  return reader as unknown as Reader
}
