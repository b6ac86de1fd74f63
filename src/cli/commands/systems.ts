import type { Command } from 'commander'
import { SYSTEMS } from '../../systems/index.ts'
import { describeOptions } from '../../systems/options.ts'
import type { System } from '../../systems/system.ts'
import { optionLines, optionValueText } from '../option-lines.ts'
import { systemOf } from '../system-module.ts'

/** `ossature systems [NAME]`. */
export function addSystemsCommand(root: Command): void {
  root
    .command('systems')
    .description('list the systems, or show one with its publication and options')
    .argument('[name]', 'name of a system, or the path of a module that exports one')
    .option('--json', 'print JSON instead of text')
    .action(async (name: string | undefined, { json = false }: { json?: boolean }) => {
      const text = name === undefined ? listed(json) : shown(await systemOf(name), json)
      process.stdout.write(`${text}\n`)
    })
}

function listed(json: boolean): string {
  if (json)
    return JSON.stringify(SYSTEMS.map(({ name, description, publication }) => ({ name, description, publication })))
  const width = Math.max(...SYSTEMS.map(({ name }) => name.length))
  const lines = SYSTEMS.map(({ name, description }) => `${name.padEnd(width)}  ${description}`)
  return [...lines, '', 'ossature systems NAME shows a system with its options.'].join('\n')
}

function shown({ name, description, publication, options, asReleased = {} }: System, json: boolean): string {
  const rows = describeOptions(options)
  if (json) return JSON.stringify({ name, description, publication, options: rows, asReleased })
  const { title, authors, year, paper, code } = publication
  const source = [`${title}`, `${authors}, ${year}`, paper, code].filter((line) => line !== undefined)
  const released = Object.entries(asReleased).map(([option, value]) => `${option}=${optionValueText(value)}`)
  return [
    `${name}: ${description}`,
    '',
    ...source.map((line) => `  ${line}`),
    '',
    'Options, for --set NAME=VALUE or a YAML file:',
    '',
    ...rows.flatMap(optionLines),
    ...(released.length > 0 ? ['', `--as-released sets ${released.join(', ')}.`] : []),
  ].join('\n')
}
