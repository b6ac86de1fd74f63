import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { OssatureError } from '../src/errors.ts'

/** A process that steps one network on request. */
export interface Side {
  readonly label: string
  /** One step: its own measure of the time, and the loss. */
  run(): Promise<{ ms: number; loss: number }>
  /** Peak resident memory since the imports, MiB; null where the system does not tell. */
  peakMib(): Promise<number | null>
  /** Ends the process; safe to call again, and after a failure. */
  stop(): void
}

interface Waiting {
  resolve(answer: Record<string, unknown>): void
  reject(error: Error): void
}

/**
 * Starts `command` and waits until its network stands.
 * Fails with the last lines of its error output when the process ends before it has answered.
 */
export async function startSide(label: string, command: string, parameters: readonly string[]): Promise<Side> {
  const child = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'pipe'] })
  const errors: string[] = []
  let waiting: Waiting | undefined
  let ended: OssatureError | undefined

  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line)
    if (errors.length > 20) errors.shift()
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { resolve, reject } = waiting ?? {}
    waiting = undefined
    try {
      resolve?.(JSON.parse(line))
    } catch {
      reject?.(new OssatureError('the answer is not a JSON line', { where: label, found: line }))
    }
  })
  const end = (reason: string): void => {
    ended ??= new OssatureError(`the process of this side ended (${reason})`, {
      where: label,
      found: errors.join('\n') || 'no message',
    })
    waiting?.reject(ended)
    waiting = undefined
  }
  child.on('error', (error) => end(error.message))
  child.on('close', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`))
  child.stdin.on('error', () => {}) // a broken pipe shows as the end of the process

  const next = (): Promise<Record<string, unknown>> =>
    ended ? Promise.reject(ended) : new Promise((resolve, reject) => (waiting = { resolve, reject }))
  const ask = async (request: object): Promise<Record<string, unknown>> => {
    const answer = next()
    child.stdin.write(`${JSON.stringify(request)}\n`)
    const result = await answer
    if (result.error !== undefined) throw new OssatureError(String(result.error), { where: label })
    return result
  }

  await next()
  return {
    label,
    run: async () => {
      const { ms, loss } = await ask({ run: 1 })
      return { ms: Number(ms), loss: loss === null ? Number.NaN : Number(loss) }
    },
    peakMib: async () => {
      const { mib } = await ask({ memory: 1 })
      return typeof mib === 'number' ? mib : null
    },
    stop: () => {
      child.stdin.end()
      child.kill()
    },
  }
}
