import * as fs from 'node:fs'

/** What happens at the chosen call: an error is returned once, the disk stays full, or the process dies. */
export type Fault = 'error' | 'full' | 'kill'

export class Killed extends Error {}

type Call = (...parts: unknown[]) => unknown

const WRITING = ['openSync', 'writeSync', 'fsyncSync', 'ftruncateSync', 'renameSync', 'rmSync', 'mkdirSync']

/**
 * `node:fs` that fails at the `at`-th call that changes something (counted from 1). A failing write first writes half of
 * its bytes. After a `kill` nothing reaches the disk any more, not even closing or cleaning up.
 */
export function failingFileSystem(fault: Fault, at: number): { system: typeof fs; calls: () => number } {
  let calls = 0
  let dead = false
  const real = fs as unknown as Record<string, Call>
  const system: Record<string, Call> = { ...real }
  const wrap = (name: string, counted: boolean) => {
    system[name] = (...parts) => {
      if (dead) throw new Killed(`${name} after the process died`)
      if (counted) calls += 1
      const full = fault === 'full' && calls >= at && name === 'writeSync'
      if (!full && (!counted || calls !== at || fault === 'full')) return real[name](...parts)
      if (name === 'writeSync') {
        const [file, bytes, offset, length, position] = parts as [number, Uint8Array, number, number, number | null]
        fs.writeSync(file, bytes, offset, Math.floor(length / 2), position)
      }
      if (fault === 'kill') {
        dead = true
        throw new Killed(`died in ${name}`)
      }
      throw Object.assign(new Error(`${name} failed`), { code: full ? 'ENOSPC' : 'EIO', syscall: name })
    }
  }
  for (const name of WRITING) wrap(name, true)
  for (const name of ['closeSync', 'readFileSync', 'readdirSync', 'existsSync']) wrap(name, false)
  return { system: system as unknown as typeof fs, calls: () => calls }
}
