import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { GoldenTest } from './adapter.ts'
import { parameterValues } from './fill.ts'
import { ReplayStream } from './replay-stream.ts'
import { evaluateRule } from './rules.ts'

/** One fixture file, its cases laid over what the file itself gives. */
export interface Fixture {
  readonly file: string
  readonly system: string
  readonly kind: string
  readonly cases: readonly FixtureCase[]
}

/** One case, ready for its adapter; `streams` are those that the adapter asked for. */
export interface FixtureCase {
  readonly test: GoldenTest
  readonly streams: readonly ReplayStream[]
}

type Json = Record<string, unknown>

/** Reads a fixture file (fixtures' README, section 5). Throws when it is no JSON or names no system or kind. */
export function readFixture(path: string): Fixture {
  const content = JSON.parse(readFileSync(path, 'utf8')) as Json
  const { system, kind } = content
  if (typeof system !== 'string' || typeof kind !== 'string') throw new Error('the file names no system or no kind')
  const file = `${system}/${basename(path)}`
  const cases = Array.isArray(content.cases) ? (content.cases as Json[]) : [undefined]
  return { file, system, kind, cases: cases.map((own, index) => layCase(content, own, index, file)) }
}

function layCase(content: Json, own: Json | undefined, index: number, file: string): FixtureCase {
  const streams: ReplayStream[] = []
  const laid = (key: string) => layOver(content[key], own?.[key])
  const draws = laid('draws')
  const test: GoldenTest = {
    file,
    system: content.system as string,
    kind: content.kind as string,
    name: own === undefined ? '' : String(own.name ?? index),
    config: laid('config') ?? {},
    inputs: laid('inputs') ?? {},
    parameters: laid('parameters'),
    expected: laid('expected'),
    draws,
    fill: laid('fill'),
    buffers: laid('buffers'),
    tolerance: laid('tolerance') ?? {},
    values: evaluateRule,
    parameter: parameterValues,
    stream(given: unknown = draws) {
      const stream = new ReplayStream(given)
      streams.push(stream)
      return stream
    },
  }
  return { test, streams }
}

/** What a case gives is laid over the file's own, key by key; lists and plain values replace it. */
function layOver(base: unknown, own: unknown): unknown {
  if (own === undefined) return base
  return isObject(base) && isObject(own) ? { ...base, ...own } : own
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
