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
