import type { NamedFile } from './named-file.ts'

/**
 * The same files, which tell when they are read for the first time.
 * @param onRead told after each such reading how many files have been read
 */
export function watchedFiles(files: readonly NamedFile[], onRead: (read: number) => void): NamedFile[] {
  let read = 0
  return files.map((file) => {
    let known = false
    return {
      ...file,
      bytes() {
        const bytes = file.bytes()
        if (!known) onRead(++read)
        known = true
        return bytes
      },
    }
  })
}
