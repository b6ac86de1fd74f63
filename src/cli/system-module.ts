import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { OssatureError } from '../errors.ts'
import { systemNamed } from '../systems/index.ts'
import type { System } from '../systems/system.ts'

const MODULE = /\.[cm]?[jt]s$/

/**
 * A system by its name, or the one that a module of the user's exports. A module is run, as any program of one's own.
 * @param nameOrFile a name, or the path of a JavaScript or TypeScript module
 * @throws OssatureError when there is no such system, or the module cannot be loaded or exports none
 */
export async function systemOf(nameOrFile: string): Promise<System> {
  if (!MODULE.test(nameOrFile)) return systemNamed(nameOrFile)
  const path = resolve(nameOrFile)
  if (!existsSync(path)) throw new OssatureError('there is no such module', { where: nameOrFile })
  let exported: Record<string, unknown>
  try {
    exported = await import(pathToFileURL(path).href)
  } catch (error) {
    throw new OssatureError('the module cannot be loaded', {
      where: placeOf(error, path) ?? nameOrFile,
      found: error instanceof Error ? error.message : String(error),
      hint: error instanceof SyntaxError ? `node --check ${nameOrFile} shows the line.` : HINTS[codeOf(error)],
    })
  }
  const system = [exported.default, ...Object.values(exported)].find(isSystem)
  if (system) return system
  throw new OssatureError('the module exports no system', {
    where: nameOrFile,
    expected: 'a system made by defineSystem as default export',
    found: Object.keys(exported).join(', ') || 'no exports',
  })
}

/** What helps against failures of loading, by their codes. */
const HINTS: Readonly<Record<string, string>> = {
  ERR_UNKNOWN_FILE_EXTENSION: 'TypeScript needs a Node.js that runs it (22.18 or later); compile it for earlier ones.',
  ERR_MODULE_NOT_FOUND: 'What a module imports is installed in its folder or in one above.',
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | undefined)?.code ?? ''

/** The line of the module where an error comes from, if it tells. */
function placeOf(error: unknown, path: string): string | undefined {
  const { stack = '' } = error instanceof Error ? error : {}
  const lines = [pathToFileURL(path).href, path].map((name) => {
    const at = stack.indexOf(`${name}:`)
    return at < 0 ? undefined : /^\d+/.exec(stack.slice(at + name.length + 1))?.[0]
  })
  const line = lines.find((found) => found !== undefined)
  return line && `${path}, line ${line}`
}

function isSystem(value: unknown): value is System {
  if (typeof value !== 'object' || value === null) return false
  const { name, options, plan } = value as Partial<System>
  return typeof name === 'string' && typeof plan === 'function' && typeof options?.safeParse === 'function'
}
