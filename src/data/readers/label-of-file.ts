/**
 * Classes of files that name them: the folder of a file, or, where all files lie in one folder, the letters that its name
 * begins with. Classes are sorted by name.
 *
 * @param names paths with `/`
 */
export function labelsOfFiles(names: readonly string[]): { classes: string[]; labelOf: (name: string) => number } {
  const folders = new Set(names.map(folderOf))
  const classOf = folders.size > 1 ? folderOf : beginningOf
  const classes = [...new Set(names.map(classOf))].sort()
  return { classes, labelOf: (name) => classes.indexOf(classOf(name)) }
}

function folderOf(name: string): string {
  return name.split('/').at(-2) ?? '.'
}

function beginningOf(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1)
  return /^[^\d_.-]+/.exec(file)?.[0] ?? file.replace(/\.[^.]*$/, '')
}
