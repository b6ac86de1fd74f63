import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { z } from 'zod'
import { OssatureError } from '../errors.ts'
import { isRun, OPTIONS, type RunData, readRun } from '../train/run/run-record.ts'
import type { DataFlags } from './data-source.ts'
import type { Project } from './project/project-file.ts'

/** Flags of commands that leave a run folder. */
export interface RunFlags extends DataFlags {
  readonly data?: string
  readonly out?: string
  readonly options?: string
  readonly resume?: boolean
}

/** What a command that leaves a run folder is told. */
export interface RunInput<F extends RunFlags> {
  readonly flags: F
  readonly project: Partial<Project>
}

/**
 * The flags and the project. Where neither names data, those of the run that goes on (`--resume`) or whose options are
 * taken (`--options RUN/options.yaml`) stand in, as they were read then.
 * @throws OssatureError when those are no longer there, or the record of the run is damaged
 */
export function withDataOfRun<F extends RunFlags>(input: RunInput<F>): RunInput<F> {
  const { flags, project } = input
  const run = namedData(input) === undefined ? runOf(input) : undefined
  const { success, data: recorded } = runData.safeParse(run === undefined ? undefined : readRun(run).data)
  if (!success) return input
  const { path, reader, readerSet, ...stated } = recorded
  if (!existsSync(path)) {
    throw new OssatureError('the data of the run are no longer there', {
      where: path,
      hint: `Name them with --data; ${run} says where they were.`,
    })
  }
  return {
    flags: { ...flags, data: path, reader: flags.reader ?? reader, readerSet: [...readerSet, ...flags.readerSet] },
    project: { ...project, ...stated },
  }
}

/** Where the data are that the flags or the project name. */
export function namedData<F extends RunFlags>({ flags, project }: RunInput<F>): string | undefined {
  return flags.data ?? project.data ?? project.source
}

/** Where the data are and how they are read, as it holds from any folder. */
export function dataRecord<F extends RunFlags>(input: RunInput<F>): RunData | undefined {
  const { flags, project } = input
  const path = namedData(input)
  if (path === undefined) return undefined
  const readerSet = flags.readerSet.map((setting) => setting.replace(/^layout=(.+)$/, (_, file) => layoutOf(file)))
  const isStore = flags.data === undefined && project.data !== undefined
  const { name, layout, reader, readerOptions } = isStore ? {} : project
  return {
    path: resolve(path),
    ...((flags.reader ?? reader) && { reader: flags.reader ?? reader }),
    readerSet,
    ...(name !== undefined && { name }),
    ...(layout !== undefined && { layout: resolve(layout) }),
    ...(readerOptions && { readerOptions }),
  }
}

const layoutOf = (file: string) => `layout=${resolve(file)}`

/** The run that goes on, or whose options are taken. */
function runOf<F extends RunFlags>({ flags, project }: RunInput<F>): string | undefined {
  const { resume, options, out = project.out } = flags
  const ofOptions = options !== undefined && basename(options) === OPTIONS ? dirname(options) : undefined
  return [resume ? out : undefined, ofOptions].find((folder) => folder !== undefined && isRun(folder))
}

/** As `environment.json` holds it; another form is as good as none. */
const runData = z.object({
  path: z.string(),
  reader: z.string().optional(),
  readerSet: z.array(z.string()),
  name: z.string().optional(),
  layout: z.string().optional(),
  readerOptions: z.record(z.string(), z.unknown()).optional(),
})
