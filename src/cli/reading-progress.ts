import type { Progress } from '../train/progress/progress.ts'

/** Reading fewer files is not worth a line. */
const MANY = 500

/**
 * What `read` gives, with progress over the files that it reads where they are many. Some formats are read when they are
 * opened; of others a list is read, less than a hundredth of the files, and clips later as part of other work.
 */
export function withReadingProgress<T>(
  progress: Progress,
  read: (onFile: (done: number, total: number) => void) => T,
): T {
  let telling = false
  let ended = false
  const result = read((done, total) => {
    if (ended || total < MANY || done * 100 < total) return
    if (!telling) progress.begin('reading', total, 'files')
    telling = true
    progress.update(done)
  })
  if (telling) progress.end()
  ended = true
  return result
}
