/**
 * Rows of cells as aligned plain text for the terminal, a rule below the first row. The first column is aligned to the
 * left, the others to the right.
 */
export function textTable(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map(printable))
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => [...row[column]].length)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], '-'.repeat(Math.max(...lines.map((line) => line.length))), ...lines.slice(1)]
}

/** Names come from files: control characters could steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?')
}
