/** What a person needs to mend a failure. */
export interface FailureDetails {
  /** File, line, joint, option, module path: the place of the failure. */
  where?: string
  expected?: string
  found?: string
  /** What to do next, one sentence. */
  hint?: string
}

/**
 * An error that a user can act on. The command line prints it without a stack trace;
 * every other exception is a defect of this package.
 */
export class OssatureError extends Error {
  readonly details: FailureDetails

  constructor(what: string, details: FailureDetails = {}) {
    super(describe(what, details))
    this.name = 'OssatureError'
    this.details = details
  }
}

function describe(what: string, { where, expected, found, hint }: FailureDetails): string {
  const lines = [where ? `${where}: ${what}` : what]
  if (expected !== undefined) lines.push(`  expected: ${expected}`)
  if (found !== undefined) lines.push(`  found:    ${found}`)
  if (hint !== undefined) lines.push(`  ${hint}`)
  return lines.join('\n')
}

/** Names in files may be of any length. */
const LONGEST_ITEM = 100

/** A list in an error or notice: `a, b, c`, or of more than `most` items the first ones, `a, b, c and 12 more`. */
export function shortList(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most).map(shortened).join(', ')
  return items.length > most ? `${shown} and ${items.length - most} more` : shown
}

/** The same as lines: the first `most` items, and of more a last line `and 12 more`. */
export function shortLines(items: readonly string[], most = 5): string[] {
  const shown = items.slice(0, most).map(shortened)
  return items.length > most ? [...shown, `and ${items.length - most} more`] : shown
}

function shortened(item: string): string {
  return item.length > LONGEST_ITEM ? `${item.slice(0, LONGEST_ITEM)}...` : item
}
