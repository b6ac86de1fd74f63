import type { Command } from 'commander'
import { READERS, readerNamed } from '../../../data/load.ts'
import { optionsOfReader } from '../../../data/reader-options.ts'
import type { Reader } from '../../../data/readers/reader.ts'
import { describeOptions } from '../../../systems/options.ts'
import { optionLines } from '../../option-lines.ts'

/** `ossature data readers [NAME]`. */
export function addReadersCommand(data: Command): void {
  data
    .command('readers')
    .description('list the formats that are read, in the order of asking, or show one with its options')
    .argument('[name]', 'name of a reader')
    .option('--json', 'print JSON instead of text')
    .action((name: string | undefined, { json = false }: { json?: boolean }) => {
      process.stdout.write(`${name === undefined ? listed(json) : shown(readerNamed(name), json)}\n`)
    })
}

function listed(json: boolean): string {
  if (json) return JSON.stringify(READERS.map(({ name, description }) => ({ name, description })))
  const width = Math.max(...READERS.map(({ name }) => name.length))
  const lines = READERS.map(({ name, description }) => `${name.padEnd(width)}  ${description}`)
  return [...lines, '', 'ossature data readers NAME shows a reader with its options.'].join('\n')
}

function shown(reader: Reader, json: boolean): string {
  const { name, description } = reader
  const rows = describeOptions(optionsOfReader(reader))
  if (json) return JSON.stringify({ name, description, options: rows })
  const options = ['Options, for --reader-set NAME=VALUE or readerOptions of a project file:', '']
  return [`${name}: ${description}`, '', ...options, ...rows.flatMap(optionLines)].join('\n')
}
