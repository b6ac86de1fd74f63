import type { NamedFile } from '../../files/named-file.ts'
import type { Dataset } from '../dataset.ts'

/** Turns the files of one published data set or recording tool into clips. */
export interface Reader {
  /** As on the command line. */
  readonly name: string
  /** One sentence for help texts: which files. */
  readonly description: string
  /** Whether the files look like this format, from their names and at most the beginning of one of them. */
  recognises(files: readonly NamedFile[]): boolean
  /**
   * @param where name of the folder or archive for messages
   * @throws OssatureError naming file, frame and joint
   */
  read(files: readonly NamedFile[], where: string): Dataset
}
