import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { unknownPerformersNote } from '../../data/checks/performer-findings.ts'
import { dataSource } from '../../data/load.ts'
import { ownFolder } from '../../data/readers/own-recordings/own-folder.ts'
import type { Reader } from '../../data/readers/reader.ts'
import { classOptions } from '../../data/readers/shared/clip-format.ts'
import { suggestedProtocol } from '../../data/splits/suggest-protocol.ts'
import { exampleRecordings } from '../../data/synthetic/example-recordings.ts'
import { OssatureError, shortList } from '../../errors.ts'
import { fileFailure } from '../../files/failure.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { parseLayout } from '../../skeleton/layout-file.ts'
import { createProgress } from '../../train/progress/progress-reporters.ts'
import { refuseAmong } from '../among-recordings.ts'
import { PROJECT_FILE } from '../project/project-file.ts'
import {
  PROJECT_GITIGNORE,
  type ProjectPlan,
  projectCommands,
  projectFileText,
  projectReadme,
} from '../project/project-texts.ts'
import { withReadingProgress } from '../reading-progress.ts'

interface InitFlags {
  readonly data?: string
  readonly layout?: string
  readonly example?: boolean
}

const RECORDINGS = 'recordings'
const LAYOUT = 'layout.json'

/** Files that a folder may have already; they then stay as they are. */
const KEPT = ['README.md', '.gitignore']

/** `ossature init [FOLDER]`. */
export function addInitCommand(root: Command): void {
  root
    .command('init')
    .description('start a project: a folder with a project file, the commands to go on with, and example clips')
    .argument('[folder]', 'folder of the project; nothing in it is overwritten', '.')
    .option('--data <path>', 'your own recordings, or a clip store; they stay where they are')
    .option('--layout <file>', 'skeleton layout of your own (JSON) that the recordings have')
    .option('--example', `put 20 generated clips into ${RECORDINGS}/; this is done without --data as well`)
    .action(init)
}

function init(folder: string, flags: InitFlags): void {
  if (flags.data !== undefined && flags.example) {
    throw new OssatureError('a project is about your own recordings or about the example', {
      expected: '--data or --example',
      found: 'both',
    })
  }
  if (flags.data === undefined && flags.layout !== undefined) {
    throw new OssatureError('a layout belongs to recordings', { hint: 'Name them with --data.' })
  }
  const { plan, files, notes } =
    flags.data === undefined ? exampleProject(folder) : ownProject(folder, flags.data, flags)
  const texts = new Map<string, string | Uint8Array>([
    [PROJECT_FILE, projectFileText(plan)],
    ['README.md', projectReadme(plan)],
    ['.gitignore', PROJECT_GITIGNORE],
    ...files,
  ])
  const kept = KEPT.filter((name) => existsSync(join(folder, name)))
  for (const name of kept) texts.delete(name)
  writeNew(folder, texts)
  process.stdout.write(`${said(folder, plan, texts, kept, notes)}\n`)
}

interface NewProject {
  readonly plan: ProjectPlan
  /** Beside those that every project has. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** What to know of the recordings, a sentence or two each. */
  readonly notes: readonly string[]
}

function exampleProject(folder: string): NewProject {
  if (existsSync(join(folder, RECORDINGS))) {
    throw new OssatureError('there are recordings already', {
      where: join(folder, RECORDINGS),
      hint: `Start a project on them with --data ${join(folder, RECORDINGS)}, or choose another folder.`,
    })
  }
  const files = [...exampleRecordings(0)].map(([name, text]): [string, string] => [`${RECORDINGS}/${name}`, text])
  const plan = {
    ...{ title: titleOf(folder), source: RECORDINGS, name: 'synthetic', protocol: 'folds:performer:1/5' },
    ...{ generated: true, imported: false },
  }
  return { plan, files: new Map(files), notes: [] }
}

/** The data are read once, so that what is wrong with them shows before there is a project. */
function ownProject(folder: string, data: string, { layout }: InitFlags): NewProject {
  const { reader, load } = dataSource(data)
  refuseAmong(data, folder, 'the project', 'my-project')
  const own = layout === undefined ? undefined : readFileBytes(layout)
  if (own) parseLayout(own, layout)
  const dataset = withReadingProgress(createProgress(), (onFile) =>
    load(layout === undefined ? {} : { layout }, onFile),
  )
  const protocol = suggestedProtocol(dataset)
  const plan = {
    title: titleOf(folder),
    source: pathFrom(folder, data),
    ...(reader?.name === ownFolder.name && { name: basename(resolve(data)).replace(/\.zip$/i, '') }),
    ...(own && { layout: LAYOUT }),
    protocol,
    generated: false,
    imported: reader === undefined,
  }
  return {
    plan,
    files: new Map(own && layout && resolve(layout) !== resolve(folder, LAYOUT) ? [[LAYOUT, own]] : []),
    notes: unknownPerformersNote(dataset, protocol).map((note) => [note, ...tableHint(data, reader)].join(' ')),
  }
}

/** How a table of performers is begun, where the reader takes one that lies beside the clips. */
function tableHint(data: string, reader: Reader | undefined): string[] {
  const takesTable = reader?.options?.shape.classes === classOptions.shape.classes
  const table = join(data, 'labels.csv')
  if (!takesTable || !statSync(data).isDirectory() || existsSync(table)) return []
  return [`A table to fill in: npx ossature data labels ${data} --out ${table}`]
}

function titleOf(folder: string): string {
  return basename(resolve(folder)) || 'Recordings'
}

/** A path as seen from a folder, with `/`; a whole one where none leads there. */
function pathFrom(folder: string, path: string): string {
  const way = relative(resolve(folder), resolve(path)) || '.'
  return isAbsolute(way) ? way : way.replaceAll('\\', '/')
}

/** @throws OssatureError when one of the files is there; nothing is then written */
function writeNew(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  const there = [...files.keys()].filter((name) => existsSync(join(folder, name)))
  if (there.length > 0) {
    throw new OssatureError('the folder has files that a project would need', {
      where: folder,
      found: shortList(there),
      hint: 'Nothing was changed. Choose another folder, or move them away.',
    })
  }
  try {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content, { flag: 'wx' })
    }
  } catch (error) {
    throw fileFailure(error, 'cannot write the project', folder)
  }
}

function said(
  folder: string,
  plan: ProjectPlan,
  files: ReadonlyMap<string, unknown>,
  kept: readonly string[],
  notes: readonly string[],
): string {
  const clips = [...files.keys()].filter((name) => name.endsWith('.csv') && !name.endsWith('/labels.csv')).length
  const made = [...files.keys()].filter((name) => !name.includes('/'))
  const example = plan.generated ? [`${RECORDINGS}/ with ${clips} synthetic clips`] : []
  const commands = projectCommands(plan)
  const width = Math.max(...commands.map(([, command]) => command.length))
  return [
    `${folder === '.' ? 'This folder' : folder} has ${[...made, ...example].join(', ')}.`,
    ...kept.map((name) => `${name} was there and stays as it is.`),
    ...notes,
    '',
    'Next:',
    '',
    ...(folder === '.' ? [] : [`  cd ${/\s/.test(folder) ? JSON.stringify(folder) : folder}`]),
    ...commands.map(([what, command]) => `  ${command.padEnd(width)}  # ${what}`),
  ].join('\n')
}
