import { readFileSync } from 'node:fs'

const INTERVAL_MS = 50

/**
 * Calls `exceeded` with the MiB that a process has in memory when they are more than a limit. Linux only: elsewhere
 * there is nothing to read them from. Gives a function that ends the watch.
 */
export function watchMemory(pid: number | undefined, limit: number, exceeded: (found: number) => void): () => void {
  if (process.platform !== 'linux' || pid === undefined) return () => {}
  const timer = setInterval(() => {
    const found = residentMemory(pid)
    if (found === undefined || found <= limit) return
    clearInterval(timer)
    exceeded(found)
  }, INTERVAL_MS)
  return () => clearInterval(timer)
}

/** MiB of a process that are in memory; `undefined` when it has ended. */
function residentMemory(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024)
  } catch {
    return undefined
  }
}
