/** The last part of a path with `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The last part of a path with `/`, without its ending. */
export function stemOf(path: string): string {
  return baseName(path).replace(/\.[^.]*$/, '')
}
