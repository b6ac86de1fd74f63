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

/** The rows without the columns that hold nothing but `absent` below their heads; the first column stays. */
export function withoutEmptyColumns(rows: readonly (readonly string[])[], absent: string): string[][] {
  const holds = (column: number) => rows.slice(1).some((row) => row[column] !== absent)
  return rows.map((row) => row.filter((_, column) => column === 0 || holds(column)))
}

function lengthOf(text: string): number {
  return [...text].length
}

/** Names come from files: control characters could steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?')
}
