/**
 * Our side of the benchmark as a process of its own: `ours.ts NETWORK --clips 16 ...`, requests and answers as JSON
 * lines, the same protocol as `peers/step.py`.
 */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { OssatureError } from '../src/errors.ts'
import type { StepSizes } from './setting.ts'
import { createStep, type Step } from './step.ts'

function sizesFromArguments(): { network: string; sizes: StepSizes } {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { clips: text, persons: text, frames: text, joints: text, threads: text, mode: text },
  })
  const [network] = positionals
  const { clips, persons, frames, joints, threads, mode } = values
  if (!network || (mode !== 'train' && mode !== 'inference')) {
    throw new OssatureError('a network and a mode are needed', { where: 'bench/ours.ts', found: positionals.join(' ') })
  }
  return {
    network,
    sizes: {
      clips: Number(clips),
      persons: Number(persons),
      frames: Number(frames),
      joints: Number(joints),
      threads: Number(threads),
      mode,
    },
  }
}

async function answer(step: Step, request: object): Promise<object> {
  if ('run' in request) return step.run()
  if ('memory' in request) return { mib: step.peakMib() }
  return { error: `unknown request: ${JSON.stringify(request)}` }
}

const send = (message: object): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

try {
  const { network, sizes } = sizesFromArguments()
  const step = await createStep(network, sizes)
  send({ ready: true })
  for await (const line of createInterface({ input: process.stdin })) send(await answer(step, JSON.parse(line)))
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof OssatureError ? error.message : (error as Error).stack}\n`)
  process.exit(1)
}
