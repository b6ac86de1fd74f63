import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Dataset } from '../data/dataset.ts'
import { dataSource, type LoadedDataset } from '../data/load.ts'
import { optionsOfReader } from '../data/reader-options.ts'
import type { OnDamaged } from '../data/readers/reader.ts'
import { changedSince } from '../data/store/recordings-state.ts'
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
    if (existsSync(data)) return openUnchanged(data, flags, progress, {}, project.source)
    throw new OssatureError('there is no clip store yet', {
      where: data,
      hint: `Make it with: ossature data import --config ${flags.config}`,
    })
  }
  const place = path ?? source
  return place === undefined ? missing('data') : openUnchanged(place, flags, progress, project)
}

/** As `openRecordings`, with a warning for a clip store whose recordings were changed after the import. */
function openUnchanged(
  path: string,
  flags: DataFlags,
  progress: Progress,
  project: Partial<Project>,
  source?: string,
): Dataset {
  const dataset = openRecordings(path, flags, progress, project)
  const { recordings } = dataset
  const place = source ?? recordings?.path
  if (recordings && place !== undefined && changedSince(recordings.state, place)) {
    const again = flags.config === undefined ? `${place} ${path}` : `--config ${flags.config}`
    progress.warn(
      `${place} was changed after the import; ${path} is as before. Import again: ossature data import ${again} --force`,
    )
  }
  return dataset
}

/**
 * Reads recordings as the flags and the project say.
 * @param onDamaged is told of each clip that cannot be read, which is then left out
 * @throws OssatureError for options that the reader does not have, and as `loadDataset`
 */
export function openRecordings(
  path: string,
  flags: DataFlags,
  progress: Progress,
  project: Partial<Project>,
  onDamaged?: OnDamaged,
): LoadedDataset {
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
  return withReadingProgress(progress, (onFile) => source.load(options, onFile, onDamaged))
}

const PLACES = {
  data: 'a path of recordings or of a clip store',
  '--data': 'a path of recordings or of a clip store (--data)',
  source: 'a path of recordings',
  store: 'a folder for the clip store',
  system: 'the name of a system',
  out: 'a folder for the run (--out)',
}

type Place = keyof typeof PLACES

/** What must be named on the command line or in a project file. */
export function missing(...what: readonly Place[]): never {
  const places = what.map((place) => PLACES[place])
  const listed = [places.slice(0, -1).join(', '), ...places.slice(-1)].filter((part) => part !== '').join(' and ')
  const [are, them] = what.length > 1 ? ['are', 'them'] : ['is', 'it']
  throw new OssatureError(`${listed} ${are} missing`, {
    hint: `Give ${them}, or name a project file with --config, see \`ossature init --help\`.`,
  })
}

/** What was named, by place. @throws OssatureError that names all that is undefined */
export function allNamed<T extends { readonly [P in Place]?: unknown }>(
  named: T,
): { readonly [P in keyof T]: NonNullable<T[P]> } {
  const absent = (Object.keys(named) as Place[]).filter((place) => named[place] === undefined)
  return absent.length > 0 ? missing(...absent) : (named as { readonly [P in keyof T]: NonNullable<T[P]> })
}
