import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Dataset } from '../data/dataset.ts'
import { dataSource } from '../data/load.ts'
import { optionsOfReader } from '../data/reader-options.ts'
import { OssatureError } from '../errors.ts'
import { type OptionLayer, parseSettings, resolveOptions } from '../systems/options.ts'
import type { Progress } from '../train/progress/progress.ts'
import { type Project, readProject } from './project/project-file.ts'
import { withReadingProgress } from './reading-progress.ts'

/** Flags of commands that read data. */
export interface DataFlags {
  readonly config?: string
  readonly reader?: string
  readonly readerSet: string[]
}

export const collect = (value: string, previous: string[]): string[] => [...previous, value]

/** The flags of commands that read data. */
export function withDataSource(command: Command): Command {
  return command
    .option('--config <file>', 'take what is not given here from a project file, see `ossature init`')
    .option('--reader <name>', 'read recordings in this format, see `ossature data readers`')
    .option(
      '--reader-set <name=value>',
      'set an option of the reader (repeatable), see `ossature data readers NAME`',
      collect,
      [],
    )
}

/** The project file that the flags name. @throws OssatureError */
export function projectOf({ config }: Pick<DataFlags, 'config'>): Partial<Project> {
  return config === undefined ? {} : readProject(config)
}

/**
 * Opens the data that a command is about: those at `path`, else the project's clip store, else its recordings.
 * @throws OssatureError when none is named, and as `loadDataset`
 */
export function openData(
  path: string | undefined,
  flags: DataFlags,
  progress: Progress,
  project = projectOf(flags),
): Dataset {
  const { data, source } = project
  if (path === undefined && data !== undefined) {
    if (existsSync(data)) return openData(data, flags, progress, {})
    throw new OssatureError('there is no clip store yet', {
      where: data,
      hint: `Make it with: ossature data import --config ${flags.config}`,
    })
  }
  const place = path ?? source
  return place === undefined ? missing('data') : openRecordings(place, flags, progress, project)
}

/**
 * Reads recordings as the flags and the project say.
 * @throws OssatureError for options that the reader does not have, and as `loadDataset`
 */
export function openRecordings(path: string, flags: DataFlags, progress: Progress, project: Partial<Project>): Dataset {
  const { name, layout, reader, readerOptions = {} } = project
  const source = dataSource(path, flags.reader ?? reader)
  const stated = { ...(name !== undefined && { name }), ...(layout !== undefined && { layout }), ...readerOptions }
  if (!source.reader) return source.load(Object.fromEntries(flags.readerSet.map((setting) => [setting, true])))
  const schema = optionsOfReader(source.reader)
  const layers: OptionLayer[] = [
    { origin: flags.config ?? 'the project', values: stated },
    { origin: '--reader-set', values: parseSettings(schema, flags.readerSet, '--reader-set') },
  ]
  const options = resolveOptions(schema, layers)
  return withReadingProgress(progress, (onFile) => source.load(options, onFile))
}

/** What must be named on the command line or in a project file. */
export function missing(what: 'data' | 'source' | 'store' | 'system' | 'out'): never {
  const places = {
    data: 'a path of recordings or of a clip store',
    source: 'a path of recordings',
    store: 'a folder for the clip store',
    system: 'the name of a system',
    out: 'a folder for the run (--out)',
  }
  throw new OssatureError(`${places[what]} is missing`, {
    hint: 'Give it, or name a project file with --config, see `ossature init --help`.',
  })
}
