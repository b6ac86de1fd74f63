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
      where: nameOrFile,
      found: (error as Error).message,
      hint: 'TypeScript needs a Node.js that runs it (22.18 or later); compile it for earlier ones.',
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

function isSystem(value: unknown): value is System {
  if (typeof value !== 'object' || value === null) return false
  const { name, options, plan } = value as Partial<System>
  return typeof name === 'string' && typeof plan === 'function' && typeof options?.safeParse === 'function'
}
