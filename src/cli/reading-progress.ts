import type { Progress } from '../train/progress.ts'

/** Reading that takes less is not worth a line, milliseconds. */
const WORTH_TELLING = 250

/**
 * What `read` gives, with progress over the files that it reads as soon as that takes a moment. Some formats are read
 * when they are opened; of others clips are read later, which is part of other work and told by that.
 */
export function withReadingProgress<T>(
  progress: Progress,
  read: (onFile: (done: number, total: number) => void) => T,
  now = () => performance.now(),
): T {
  const start = now()
  let telling = false
  let ended = false
  const result = read((done, total) => {
    if (ended || (!telling && (total === 1 || now() - start < WORTH_TELLING))) return
    if (!telling) progress.begin('reading', total, 'files')
    telling = true
    progress.update(done)
  })
  if (telling) progress.end()
  ended = true
  return result
}
