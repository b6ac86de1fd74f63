import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { main } from '../../src/cli/main.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/ossature.js', import.meta.url))
const FAULT = new URL('fault.mjs', import.meta.url).href

export interface Ended {
  /** Exit code, or the signal that ended the process. */
  readonly code: number | NodeJS.Signals
  readonly stdout: string
  readonly stderr: string
}

/** A moment of a run and what happens at it, see `fault.mjs`. */
export type Fault = ({ output: string } | { before: string } | { after: string }) & {
  readonly happens: 'SIGKILL' | 'SIGINT' | 'ENOSPC'
}

/** The program in a process of its own. */
export function ossatureProcess(args: readonly string[], fault?: Fault): Promise<Ended> {
  const hook = fault ? ['--import', FAULT] : []
  const env = { ...process.env, ...(fault && { OSSATURE_TEST_FAULT: JSON.stringify(fault) }) }
  const child = spawn(process.execPath, [...hook, PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? signal!, ...printed }))
  })
}

/** The objects that `--json` prints, one per line. Anything else is an error. */
export function jsonLines(stdout: string): { event: string; [name: string]: unknown }[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

/** The program in this process, which is quicker. The parser's own errors would end the process: not for those. */
export async function ossature(...args: string[]): Promise<Ended> {
  const printed = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += text
      return true
    }),
  )
  const former = process.exitCode
  process.exitCode = undefined
  try {
    await main([process.execPath, PROGRAM, ...args])
    return { code: Number(process.exitCode ?? 0), ...printed }
  } finally {
    process.exitCode = former
    for (const spy of spies) spy.mockRestore()
  }
}
