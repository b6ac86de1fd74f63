import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { ORIGINS } from '../../../data/clip.ts'
import { labelsTable } from '../../../data/recordings-text.ts'
import { OssatureError } from '../../../errors.ts'
import { writeFileAtomically } from '../../../files/atomic-write.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { type DataFlags, openData, withDataSource } from '../../data-source.ts'

interface LabelsFlags extends DataFlags {
  readonly out?: string
}

/** `ossature data labels SOURCE`. */
export function addLabelsCommand(data: Command): void {
  withDataSource(
    data
      .command('labels')
      .description('write a labels.csv to fill in: clips, their classes, and what is known of who performs them')
      .argument('[source]', 'recordings: a zip, a folder or a clip store'),
  )
    .option('--out <file>', 'the table, such as recordings/labels.csv; without it, it is printed')
    .action(labels)
}

function labels(source: string | undefined, flags: LabelsFlags): void {
  const { out } = flags
  if (out !== undefined && existsSync(out)) {
    throw new OssatureError('there is a table already', { where: out, hint: 'Choose another name, or move it away.' })
  }
  const { entries, classes, performers } = openData(source, flags, createProgress())
  const known = ORIGINS.filter(
    (field) => field !== 'performer' && entries.some(({ meta }) => meta[field] !== undefined),
  )
  const table = labelsTable(entries, classes, ['performer', ...known], performers)
  if (out === undefined) process.stdout.write(table)
  else {
    writeFileAtomically(out, table)
    process.stdout.write(`${out}: ${entries.length} clips; fill in who performs them, and import again\n`)
  }
}
