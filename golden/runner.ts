import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Adapter } from './adapter.ts'
import { Expectations, type Failure } from './comparison/expectations.ts'
import { type Fixture, type FixtureCase, readFixture } from './fixtures/fixture.ts'

export interface CaseResult {
  readonly file: string
  /** Empty where the file has no cases. */
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped'
  readonly failures: readonly Failure[]
  readonly skipped?: string
}

export type LoadAdapter = (system: string, kind: string) => Promise<Adapter | undefined>

/**
 * Runs every case of a fixture file. A file that cannot be read, or whose kind has no adapter, fails.
 * With `kind`, a file of another kind gives no results.
 */
export async function runFixture(path: string, load: LoadAdapter, kind?: string): Promise<CaseResult[]> {
  let fixture: Fixture
  try {
    fixture = readFixture(path)
  } catch (error) {
    return [failed(path, '', messageOf(error))]
  }
  if (kind !== undefined && fixture.kind !== kind) return []
  let adapter: Adapter | undefined
  let reason = `no adapter for ${fixture.system}/${fixture.kind}`
  try {
    adapter = await load(fixture.system, fixture.kind)
  } catch (error) {
    reason = `the adapter for ${fixture.system}/${fixture.kind} does not load: ${messageOf(error)}`
  }
  const results: CaseResult[] = []
  for (const one of fixture.cases)
    results.push(adapter ? await runCase(one, adapter) : failed(fixture.file, one.test.name, reason))
  return results
}

/** Runs one case and adds what the adapter left undone: draws left over, expected values compared with nothing. */
async function runCase({ test, streams }: FixtureCase, adapter: Adapter): Promise<CaseResult> {
  const check = new Expectations(test.expected)
  const { file, name } = test
  if (test.expected === undefined) return failed(file, name, 'the fixture has no expected values')
  try {
    await adapter.run(test, check)
  } catch (error) {
    check.fail([], messageOf(error))
    return { file, name, status: 'failed', failures: check.failures }
  }
  if (check.skipped !== undefined) return { file, name, status: 'skipped', failures: [], skipped: check.skipped }
  for (const stream of streams) {
    const rest = stream.leftOver()
    if (rest) check.fail(['draws'], rest)
  }
  const unused = check.unused()
  if (unused.length > 0) check.fail([], `not compared: ${listed(unused)}`)
  return { file, name, status: check.failures.length > 0 ? 'failed' : 'passed', failures: check.failures }
}

/** Loads `golden/adapters/SYSTEM/KIND.ts`: its default export, or the one export that is an adapter. */
export async function loadAdapter(system: string, kind: string): Promise<Adapter | undefined> {
  const path = fileURLToPath(new URL(`./adapters/${system}/${kind}.ts`, import.meta.url))
  if (!existsSync(path)) return undefined
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>
  const adapter = [module.default, ...Object.values(module)].find(isAdapter)
  if (adapter === undefined) throw new Error('no export has the fields of an adapter')
  if (adapter.system !== system || adapter.kind !== kind)
    throw new Error(`it calls itself ${adapter.system}/${adapter.kind}`)
  return adapter
}

function isAdapter(value: unknown): value is Adapter {
  return typeof value === 'object' && value !== null && typeof (value as Adapter).run === 'function'
}

function failed(file: string, name: string, message: string): CaseResult {
  return { file, name, status: 'failed', failures: [{ path: '', message }] }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = error.stack?.split('\n').find((line) => line.trim().startsWith('at '))
  return place ? `${error.message} (${place.trim()})` : error.message
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 12).join(', ')
  return paths.length > 12 ? `${shown} and ${paths.length - 12} more` : shown
}
