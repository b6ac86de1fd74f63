import { fileURLToPath } from 'node:url'
import { findPython, type Python } from './python.ts'
import { type Side, startSide } from './side.ts'

/** Starts a process of this package that steps what the parameters (`toArguments`) name. */
export function startOurs(label: string, parameters: readonly string[]): Promise<Side> {
  return startSide(label, process.execPath, ['--import', 'tsx', local('ours.ts'), ...parameters])
}

/** Starts a process of PyTorch that steps the same. */
export function startPeer(label: string, { path }: Python, parameters: readonly string[]): Promise<Side> {
  return startSide(label, path, ['-B', local('peers/step.py'), ...parameters])
}

export interface PeerOptions {
  /** Whether PyTorch is timed beside us. */
  readonly peer: boolean
  /** The Python to run it with; by default as `findPython`. */
  readonly python?: string
}

/** The Python of the peer. Undefined where our side is timed alone; if no Python was found, that is said. */
export async function peerPython({ peer, python }: PeerOptions): Promise<Python | undefined> {
  if (!peer) return undefined
  const found = await findPython(python)
  if (!found) process.stderr.write('No Python with torch found: our side alone. Name one with --python PATH.\n')
  return found
}

function local(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
