import { OssatureError } from '../../../errors.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Clip } from '../../clip.ts'
import type { ClipSource } from './clip-sources.ts'

/** Whether a file has a name of this form. */
export function anyNamed(files: readonly NamedFile[], form: RegExp): boolean {
  return files.some(({ name }) => form.test(name))
}

/**
 * The files whose path has this form as sources of one clip each; other files are passed over.
 *
 * @param form of a path with `/`; its groups are handed to `read`
 */
export function sourcesOfFiles(
  files: readonly NamedFile[],
  form: RegExp,
  read: (file: NamedFile, groups: string[]) => Clip,
): ClipSource[] {
  return files.flatMap((file) => {
    const match = form.exec(file.name)
    return match ? [{ where: file.where, read: () => read(file, match.slice(1)) }] : []
  })
}

/** The class index of a number counted from 1 in a file name. @throws OssatureError */
export function labelFromNumber(text: string, classes: readonly string[], where: string): number {
  const label = Number(text) - 1
  if (label >= 0 && label < classes.length) return label
  throw new OssatureError('unknown class', { where, expected: `a number from 1 to ${classes.length}`, found: text })
}
