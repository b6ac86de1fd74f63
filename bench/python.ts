import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { OssatureError } from '../src/errors.ts'

const execute = promisify(execFile)

/** A Python that has PyTorch. */
export interface Python {
  readonly path: string
  readonly torchVersion: string
}

/**
 * The Python to run the peers with: `path` if given, else `OSSATURE_PYTHON`, else the first of `python3` and `python`
 * that can import torch. Undefined if none can; an error if one was named and cannot.
 */
export async function findPython(path = process.env.OSSATURE_PYTHON): Promise<Python | undefined> {
  for (const candidate of path ? [path] : ['python3', 'python']) {
    try {
      const { stdout } = await execute(candidate, ['-c', 'import torch; print(torch.__version__)'])
      return { path: candidate, torchVersion: stdout.trim() }
    } catch (error) {
      if (path) {
        throw new OssatureError('this Python cannot import torch', {
          where: path,
          found: (error as Error).message.trim().split('\n').at(-1),
          hint: 'Install bench/peers/requirements.txt into it, or name another one with --python.',
        })
      }
    }
  }
  return undefined
}
