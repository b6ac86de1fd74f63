/** Names of classes that the recordings give numbers only. */
export function unnamedClasses(count: number): string[] {
  return Array.from({ length: count }, (_, label) => unnamedClass(label))
}

/** The name of a class that has only a number, from 0. */
export const unnamedClass = (label: number) => `class ${label}`
