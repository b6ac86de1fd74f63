import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { OssatureError } from '../errors.ts'

/**
 * Refuses a folder among recordings: the next time what is written there would be taken for clips.
 * @param what will lie there, such as `the clip store`
 * @param name of a folder beside the recordings, for the hint
 * @throws OssatureError when `folder` is the path of the recordings or lies below it
 */
export function refuseAmong(recordings: string | undefined, folder: string, what: string, name: string): void {
  if (recordings === undefined) return
  const way = relative(resolve(recordings), resolve(folder))
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return
  throw new OssatureError(`${what} would lie among the recordings, and be read with them`, {
    where: folder,
    hint: `Name a folder beside them, such as ${join(dirname(resolve(recordings)), name)}.`,
  })
}
