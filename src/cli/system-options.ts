import { OssatureError } from '../errors.ts'
import { decodeText } from '../files/decode-text.ts'
import { readFileBytes } from '../files/file-tree.ts'
import { ATTACKS } from '../systems/attacks.ts'
import { SYSTEMS } from '../systems/index.ts'
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

/**
 * The options of a system or attack: its defaults, then --as-released, the project file, --options and --set.
 * @throws OssatureError when a layer does not fit the options, or --as-released has nothing to set
 */
export function systemOptions<O = SystemOptions>(system: Published, flags: OptionFlags, project: ProjectOptions): O {
  const layers: OptionLayer[] = []
  if (flags.asReleased) layers.push({ origin: '--as-released', values: releasedValues(system) })
  if (flags.config) {
    requireOwnOptions(system, flags.config, project)
    layers.push({ origin: flags.config, values: optionsOf(project) })
  }
  if (flags.options) layers.push(fileLayer(system, flags.options))
  layers.push({ origin: '--set', values: parseSettings(system.options, flags.set) })
  return resolveOptions(system.options, layers) as O
}

function releasedValues({ name, asReleased }: Published): Record<string, unknown> {
  if (asReleased) return { ...asReleased }
  const others = [...SYSTEMS, ...ATTACKS].filter((other) => other.asReleased).map((other) => other.name)
  throw new OssatureError(`${name} has no values of its own for the released code`, {
    where: '--as-released',
    expected: `one of ${others.join(', ')}`,
    found: name,
    hint: 'Leave --as-released out; the README of a system says where it departs from the released code.',
  })
}

/** What `options.yaml` of a run says beside its options: what was run, on what, from which weights. */
const RECORDED = ['system', 'attack', 'dataset', 'victims', 'from']

/** A file of options, or `options.yaml` of a run of the same system. */
function fileLayer({ name, options }: Published, file: string): OptionLayer {
  const { origin, values } = optionsFileLayer(decodeText(readFileBytes(file), file), file)
  const { system, attack } = values
  const of = system ?? attack
  if (of !== undefined && of !== name) {
    throw new OssatureError('these options are of another run', { where: file, expected: name, found: String(of) })
  }
  const isOption = ([key]: [string, unknown]) => key in options.shape || !RECORDED.includes(key)
  return { origin, values: Object.fromEntries(Object.entries(values).filter(isOption)) }
}

/** @throws OssatureError when the file is about another system and sets options that this one does not have */
function requireOwnOptions({ name, options }: Published, file: string, project: ProjectOptions): void {
  if (project.system === undefined || project.system === name) return
  const foreign = Object.keys(project.options ?? {}).filter((key) => !(key in options.shape))
  if (foreign.length === 0) return
  throw new OssatureError('the options of the project file are for another system', {
    where: file,
    expected: `options of ${name}`,
    found: `${foreign.join(', ')}, for ${project.system}`,
    hint: 'Name data and folder with --data and --out in place of --config, or write another project file.',
  })
}

type ProjectOptions = Pick<Partial<Project>, 'system' | 'options' | 'protocol' | 'classes'>

/** What a project file says of the system's options; division and classes stand beside them, since `data check` needs those too. */
function optionsOf(project: ProjectOptions): Record<string, unknown> {
  const { protocol, classes, options } = project
  return { ...(protocol !== undefined && { protocol }), ...(classes !== undefined && { classes }), ...options }
}
