import { readFileBytes } from '../files/file-tree.ts'
import { type OptionLayer, optionsFileLayer, parseSettings, resolveOptions } from '../systems/options.ts'
import type { Published, SystemOptions } from '../systems/system.ts'
import type { Project } from './project/project-file.ts'

/** Flags that set options of a system. */
export interface OptionFlags {
  readonly config?: string
  readonly set: string[]
  readonly options?: string
  readonly asReleased?: boolean
}

/** The options of a system or attack: its defaults, then --as-released, the project file, --options and --set. @throws OssatureError */
export function systemOptions<O = SystemOptions>(
  system: Published,
  flags: OptionFlags,
  project: Pick<Partial<Project>, 'options' | 'protocol' | 'classes'>,
): O {
  const layers: OptionLayer[] = []
  if (flags.asReleased && system.asReleased) layers.push({ origin: '--as-released', values: system.asReleased })
  if (flags.config) layers.push({ origin: flags.config, values: optionsOf(project) })
  if (flags.options)
    layers.push(optionsFileLayer(new TextDecoder().decode(readFileBytes(flags.options)), flags.options))
  layers.push({ origin: '--set', values: parseSettings(system.options, flags.set) })
  return resolveOptions(system.options, layers) as O
}

/** What a project file says of the system's options; division and classes stand beside them, since `data check` needs those too. */
function optionsOf(project: Pick<Partial<Project>, 'options' | 'protocol' | 'classes'>): Record<string, unknown> {
  const { protocol, classes, options } = project
  return { ...(protocol !== undefined && { protocol }), ...(classes !== undefined && { classes }), ...options }
}
