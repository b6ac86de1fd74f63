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
  /** What to do, one sentence. */
  readonly mend: string
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note']

/** The worst first; otherwise in the order in which they were found. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
}

/** Findings as text for a terminal, at most `places` places of each. */
export function formatFindings(findings: readonly Finding[], places = 5): string {
  if (findings.length === 0) return 'Nothing was found that would spoil a training.'
  const blocks = sortFindings(findings).map(({ severity, what, where, mend }) => {
    const more = where.length - places
    const listed = where.slice(0, places).map((place) => `    ${place}`)
    if (more > 0) listed.push(`    and ${more} more`)
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
