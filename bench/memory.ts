import { readFileSync } from 'node:fs'

/**
 * Remembers the resident memory of this process now (call it when the imports are done) and returns a function
 * that tells by how many MiB the peak of the process exceeds it. NaN where the system has no /proc.
 */
export function peakMibFromHere(): () => number {
  const before = statusMib('VmRSS')
  return () => statusMib('VmHWM') - before
}

function statusMib(key: 'VmRSS' | 'VmHWM'): number {
  let status: string
  try {
    status = readFileSync('/proc/self/status', 'utf8')
  } catch {
    return Number.NaN
  }
  const kibibytes = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]
  return Number(kibibytes) / 1024
}
