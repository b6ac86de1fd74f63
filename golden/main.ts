import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { countResults, failureLine, summaryLine, systemLine } from './report.ts'
import { type CaseResult, loadAdapter, runFixture } from './runner.ts'

const usage = 'npm run golden -- DIR [--system SYSTEM] [--kind KIND] [--json]'

/** Fixture files of a folder by system: `DIR/SYSTEM/*.json`. */
function fixturesOf(directory: string, system?: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const name of readdirSync(directory).sort()) {
    const folder = join(directory, name)
    if (!statSync(folder).isDirectory() || (system !== undefined && name !== system)) continue
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
    if (files.length > 0)
      found.set(
        name,
        files.sort().map((file) => join(folder, file)),
      )
  }
  return found
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { system: { type: 'string' }, kind: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [directory] = positionals
  if (positionals.length !== 1 || !existsSync(directory)) {
    console.error(directory === undefined ? usage : `no folder ${directory}\n${usage}`)
    process.exitCode = 1
    return
  }
  const all: CaseResult[] = []
  for (const [system, files] of fixturesOf(directory, values.system)) {
    const start = performance.now()
    const results: CaseResult[] = []
    for (const file of files) {
      const own = await runFixture(file, loadAdapter, values.kind)
      results.push(...own)
      for (const result of own) print(result, values.json ?? false)
    }
    if (!values.json && results.length > 0) console.log(systemLine(system, results, (performance.now() - start) / 1000))
    all.push(...results)
  }
  if (all.length === 0) console.error(`no fixtures in ${directory}`)
  const totals = countResults(all)
  console.log(summaryLine(totals))
  if (totals.failed > 0 || all.length === 0) process.exitCode = 1
}

function print(result: CaseResult, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(result))
    return
  }
  for (const failure of result.failures) console.log(failureLine(result, failure))
  if (result.status === 'skipped') console.log(`SKIP ${result.file} ${result.name} ${result.skipped}`)
}

await main()
