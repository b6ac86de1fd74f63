import { OssatureError } from '../errors.ts'

const MEANINGS: Record<string, { found: string; hint: string }> = {
  ENOENT: { found: 'nothing at this path', hint: 'Check the spelling of the path.' },
  EACCES: { found: 'permission denied', hint: 'Check the permissions of the file and of its folder.' },
  EPERM: { found: 'operation not permitted', hint: 'Check the permissions of the file and of its folder.' },
  EROFS: { found: 'a read-only file system', hint: 'Choose a path on a writable disk.' },
  ENOSPC: { found: 'no space left on the disk', hint: 'Free some space or choose a path on another disk.' },
  EDQUOT: { found: 'the disk quota is used up', hint: 'Free some space or choose a path on another disk.' },
  EIO: { found: 'the disk reported an input/output error', hint: 'Check the disk.' },
  EISDIR: { found: 'a folder', hint: 'Name a file.' },
  ENOTDIR: { found: 'a file where a folder is needed', hint: 'Check the spelling of the path.' },
  EBUSY: { found: 'in use by another program', hint: 'Close the program that uses it.' },
  EMFILE: { found: 'too many open files', hint: 'Close some data sets first or raise the limit (ulimit -n).' },
}

/**
 * An error for people from what the file system threw while doing `action` (a phrase such as 'cannot write the file') at
 * `path`. An OssatureError is handed back as it is.
 */
export function fileFailure(error: unknown, action: string, path: string): OssatureError {
  if (error instanceof OssatureError) return error
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  const meaning = code === undefined ? undefined : MEANINGS[code]
  if (meaning) return new OssatureError(action, { where: path, ...meaning })
  return new OssatureError(action, { where: path, found: error instanceof Error ? error.message : String(error) })
}
