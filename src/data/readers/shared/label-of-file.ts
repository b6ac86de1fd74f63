import { z } from 'zod'
import { baseName, stemOf } from '../../../files/file-name.ts'

export const classOrigins = ['auto', 'folder', 'name'] as const
/** What tells the class of a file: its folder, the letters that its own name begins with, or what there is of them. */
export type ClassOrigin = (typeof classOrigins)[number]

/** Options of readers of files that name their classes. */
export const classesByFile = z.object({
  classes: z
    .enum(classOrigins)
    .default('auto')
    .describe(
      'what tells the class of a clip: its folder, or how its name begins; auto: folders where there are several',
    ),
})

/**
 * Classes of files that name them: the folder of a file, or, where all files lie in one folder, the letters that its name
 * begins with. Classes are sorted by name.
 *
 * @param names paths with `/`
 */
export function labelsOfFiles(
  names: readonly string[],
  origin: ClassOrigin = 'auto',
): { classes: string[]; labelOf: (name: string) => number } {
  const folders = new Set(names.map(folderOf))
  const classOf = origin === 'folder' || (origin === 'auto' && folders.size > 1) ? folderOf : beginningOf
  const classes = [...new Set(names.map(classOf))].sort()
  return { classes, labelOf: (name) => classes.indexOf(classOf(name)) }
}

function folderOf(name: string): string {
  return name.split('/').at(-2) ?? '.'
}

function beginningOf(name: string): string {
  return /^[^\d_.-]+/.exec(baseName(name))?.[0] ?? stemOf(name)
}
