import { OssatureError, shortLines, shortList } from '../../errors.ts'

/** `error`: training would fail or its result mean nothing; `warning`: very likely a mistake; `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note'

/** Something about a data set that a person should look at. */
export interface Finding {
  readonly severity: Severity
  /** What kind of finding it is, for programs. */
  readonly code: string
  /** One sentence. */
  readonly what: string
  /** Clips, classes or joints that it is about, with the place in a clip where it helps. */
  readonly where: readonly string[]
  /** What would be right, where `what` does not say it. */
  readonly expected?: string
  /** What to do, one sentence. */
  readonly mend: string
}

/** Those that were found somewhere. */
export function present(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ where }) => where.length > 0)
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note']

/** The worst first; otherwise in the order in which they were found. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
}

/** @throws OssatureError for the first finding that is an error, with its first places */
export function refuseErrors(findings: readonly Finding[], dataset: string): void {
  const error = findings.find(({ severity }) => severity === 'error')
  if (!error) return
  const { what, where, expected, mend } = error
  // A sentence of a list begins with a capital letter and ends with a full stop, an error does neither.
  const clause = `${what[0].toLowerCase()}${what.slice(1, -1)}`
  const found = where.length === 1 ? where[0] : shortList(where)
  throw new OssatureError(clause, { where: dataset, expected, found, hint: mend })
}

/** Findings as text for a terminal, at most `places` places of each. */
export function formatFindings(findings: readonly Finding[], places = 5): string {
  if (findings.length === 0) return 'Nothing was found that would spoil a training.'
  const blocks = sortFindings(findings).map(({ severity, what, where, mend }) => {
    const listed = shortLines(where, places).map((place) => `    ${place}`)
    return [`${severity}: ${what}`, ...listed, `  ${mend}`].join('\n')
  })
  const counts = ORDER.map((severity) => countOf(severity, findings)).filter((text) => text !== '')
  return [...blocks, counts.join(', ')].join('\n\n')
}

function countOf(severity: Severity, findings: readonly Finding[]): string {
  const count = findings.filter((finding) => finding.severity === severity).length
  if (count === 0) return ''
  return `${count} ${severity}${count === 1 ? '' : 's'}`
}
