import { type ChildProcess, fork } from 'node:child_process'
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { OssatureError } from '../../errors.ts'
import { fileFailure } from '../../files/failure.ts'
import { watchMemory } from './memory.ts'
import type { ForeignAnswer, ForeignRequest, ForeignTensors } from './messages.ts'

export interface ForeignOptions {
  /** Seconds until the run is given up, 60 by default. */
  readonly seconds?: number
  /** MiB of memory that the run may take, 4096 by default. Watched on Linux; elsewhere the limit of the heap alone. */
  readonly memory?: number
  /** Threads inside one operator, 1 by default. */
  readonly threads?: number
}

/**
 * The tensors among the outputs of an ONNX file from elsewhere. It is opened and run in a process of its own, so that a
 * file that makes the runtime crash, hang or take all memory ends that process only.
 * @throws OssatureError when the file is missing, the runtime refuses it, or the run crashes or goes beyond a limit
 */
export async function runForeignOnnx(
  path: string,
  feeds: ForeignTensors,
  { seconds = 60, memory = 4096, threads = 1 }: ForeignOptions = {},
): Promise<ForeignTensors> {
  try {
    statSync(path)
  } catch (error) {
    throw fileFailure(error, 'cannot open the model', path)
  }
  const child = fork(WORKER, {
    execArgv: [...LOADER, `--max-old-space-size=${memory}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  try {
    const answer = await answered(child, { path, feeds, threads }, { path, seconds, memory })
    if ('failure' in answer) throw new OssatureError('the model cannot be run', { where: path, found: answer.failure })
    return answer.outputs
  } finally {
    child.kill('SIGKILL')
  }
}

const IS_SOURCE = import.meta.url.endsWith('.ts')
const WORKER = fileURLToPath(new URL(IS_SOURCE ? './worker.ts' : './worker.js', import.meta.url))
/** Sources need what runs them; the built package does not. */
const LOADER = IS_SOURCE ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []

/** The longest time that a timer takes, 24 days; a longer one would ring at once. */
const LONGEST_MS = 2 ** 31 - 1

interface Limits {
  readonly path: string
  readonly seconds: number
  readonly memory: number
}

function answered(child: ChildProcess, request: ForeignRequest, limits: Limits): Promise<ForeignAnswer> {
  const { path, seconds, memory } = limits
  return new Promise((resolve, reject) => {
    const fail = (what: string, details: { expected?: string; found?: string }) => {
      stop()
      reject(new OssatureError(what, { where: path, ...details }))
    }
    const clock = setTimeout(
      () => fail('the model takes too long', { expected: `an answer within ${seconds} s` }),
      Math.min(seconds * 1000, LONGEST_MS),
    )
    const unwatch = watchMemory(child.pid, memory, (found) =>
      fail('the model takes too much memory', { expected: `${memory} MiB at the most`, found: `${found} MiB` }),
    )
    const stop = () => {
      clearTimeout(clock)
      unwatch()
    }
    child.once('message', (answer: ForeignAnswer) => {
      stop()
      resolve(answer)
    })
    child.once('error', (error) => fail('the process for the model cannot be started', { found: error.message }))
    child.once('exit', (code, signal) =>
      fail('the model made its process end', { found: signal ?? `exit code ${code}` }),
    )
    child.send(request, (error) => {
      if (error) fail('the process for the model cannot be reached', { found: error.message })
    })
  })
}
