import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { basename } from 'node:path'

/** What a run was computed with; part of `environment.json`. */
export interface RunEnvironment {
  /** Version of this package. */
  readonly version: string
  readonly node: string
  readonly onnxruntime: string | null
  readonly platform: string
  readonly cpu: string
  /** Logical processors that this process may use. */
  readonly processors: number
  /** Threads that the device was told to use; null: its own choice. */
  readonly threads: number | null
  readonly memoryGiB: number
  /** `cpu`, `webgpu`, `cuda`, `wasm`. */
  readonly device: string
  readonly seed: number
  /** What was typed, the program by its name: reports are passed on, and where it is installed concerns nobody. */
  readonly commandLine: readonly string[]
  /** Commit of the repository that the command was started in, `+` appended when files differ from it. */
  readonly commit: string | null
}

export interface EnvironmentFacts {
  readonly device: string
  readonly seed: number
  readonly threads?: number
  /** Default: that of this process. */
  readonly commandLine?: readonly string[]
  /** Folder whose git commit is recorded. Default: the working directory. */
  readonly folder?: string
}

/** Looks at this machine and this process. What cannot be found out is null; nothing throws. */
export function describeEnvironment(facts: EnvironmentFacts): RunEnvironment {
  return {
    version: packageVersion(),
    node: process.versions.node,
    onnxruntime: installedVersion('onnxruntime-node'),
    platform: `${platform()} ${arch()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
    threads: facts.threads ?? null,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    device: facts.device,
    seed: facts.seed,
    commandLine: facts.commandLine ?? commandLine(process.argv),
    commit: gitCommit(facts.folder ?? process.cwd()),
  }
}

/** The arguments of a process without Node.js and the folder of the program. */
function commandLine([, program = '', ...told]: readonly string[]): string[] {
  return [basename(program, '.js'), ...told]
}

/** Version of this package. */
export function packageVersion(): string {
  return versionIn(new URL('../../../package.json', import.meta.url)) ?? 'unknown'
}

/** Read beside the resolved entry point, since a package need not export its package.json. */
function installedVersion(name: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = entry.slice(0, entry.lastIndexOf(name) + name.length)
    return versionIn(`${root}/package.json`)
  } catch {
    return null
  }
}

function versionIn(path: string | URL): string | null {
  try {
    const { version } = JSON.parse(readFileSync(path, 'utf8'))
    return typeof version === 'string' ? version : null
  } catch {
    return null
  }
}

function gitCommit(folder: string): string | null {
  const git = (...parts: string[]) =>
    execFileSync('git', parts, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim()
  try {
    const commit = git('rev-parse', 'HEAD')
    return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit}+`
  } catch {
    return null
  }
}
