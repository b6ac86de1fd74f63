/**
 * Rows of cells as aligned plain text for the terminal, a rule below the first row. The first column is aligned to the
 * left, the others to the right. Widths are counted in characters (code points).
 */
export function textTable(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map(printable))
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => lengthOf(row[column]))))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column] - lengthOf(cell))
        return column === 0 ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], '-'.repeat(Math.max(...lines.map(lengthOf))), ...lines.slice(1)]
}

function lengthOf(text: string): number {
  return [...text].length
}

/** Names come from files: control characters could steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?')
}
