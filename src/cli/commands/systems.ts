import type { Command } from 'commander'
import { ATTACKS } from '../../systems/attacks.ts'
import { SYSTEMS } from '../../systems/index.ts'
import { describeOptions } from '../../systems/options.ts'
import type { Published } from '../../systems/system.ts'
import { optionLines, optionValueText } from '../option-lines.ts'
import { systemOf } from '../system-module.ts'

/** `ossature systems [NAME]`. */
export function addSystemsCommand(root: Command): void {
  root
    .command('systems')
    .description('list systems and attacks, or show one with its publication and options')
    .argument('[name]', 'name of a system or an attack, or the path of a module that exports one')
    .option('--json', 'print JSON instead of text')
    .action(async (name: string | undefined, { json = false }: { json?: boolean }) => {
      const text = name === undefined ? listed(json) : shown(await publishedOf(name), json)
      process.stdout.write(`${text}\n`)
    })
}

/** An attack by its name, otherwise as `systemOf`. */
async function publishedOf(name: string): Promise<Published> {
  return ATTACKS.find((attack) => attack.name === name) ?? (await systemOf(name))
}

function listed(json: boolean): string {
  const all: { kind: string; published: Published }[] = [
    ...SYSTEMS.map((published) => ({ kind: 'system', published })),
    ...ATTACKS.map((published) => ({ kind: 'attack', published })),
  ]
  if (json)
    return JSON.stringify(
      all.map(({ kind, published: { name, description, publication } }) => ({ name, kind, description, publication })),
    )
  const width = Math.max(...all.map(({ published }) => published.name.length))
  const lines = (wanted: string) =>
    all.flatMap(({ kind, published: { name, description } }) =>
      kind === wanted ? [`${name.padEnd(width)}  ${description}`] : [],
    )
  return [
    ...lines('system'),
    '',
    'Attacks on trained systems, for `ossature attack`:',
    '',
    ...lines('attack'),
    '',
    'ossature systems NAME shows a system or an attack with its options.',
  ].join('\n')
}

function shown({ name, description, publication, options, asReleased = {} }: Published, json: boolean): string {
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
