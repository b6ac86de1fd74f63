/**
 * Our side of the benchmark as a process of its own: `ours.ts NETWORK --clips 16 ...`, requests and answers as JSON
 * lines, the same protocol as `peers/step.py`. With `--loading` its steps are fed from recorded clips.
 */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { OssatureError } from '../src/errors.ts'
import { createLoadingStep } from './loading-step.ts'
import type { LoadingSizes, StepSizes } from './setting.ts'
import { createStep } from './steps/index.ts'
import type { Step } from './steps/step.ts'

function settingFromArguments(): { network: string; sizes: StepSizes; loading?: LoadingSizes } {
  const text = { type: 'string' } as const
  const step = { clips: text, persons: text, frames: text, joints: text, threads: text, mode: text }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...step,
      dropout: { type: 'boolean', default: false },
      recorded: text,
      loading: text,
      filling: text,
      steps: text,
    },
  })
  const [network] = positionals
  const { clips, persons, frames, joints, threads, mode, dropout, recorded, loading, filling, steps } = values
  if (!network || (mode !== 'train' && mode !== 'inference')) {
    throw new OssatureError('a network and a mode are needed', { where: 'bench/ours.ts', found: positionals.join(' ') })
  }
  const sizes: StepSizes = {
    clips: Number(clips),
    persons: Number(persons),
    frames: Number(frames),
    joints: Number(joints),
    threads: Number(threads),
    mode,
    dropout,
  }
  if (loading === undefined) return { network, sizes }
  const counts = { recorded: Number(recorded), filling: Number(filling), steps: Number(steps) }
  return { network, sizes, loading: { ...sizes, ...counts, loading: loading === 'fixed' ? loading : Number(loading) } }
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
  const { network, sizes, loading } = settingFromArguments()
  const step = await (loading ? createLoadingStep(network, loading) : createStep(network, sizes))
  send({ ready: true })
  for await (const line of createInterface({ input: process.stdin })) send(await answer(step, JSON.parse(line)))
  await step.release()
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof OssatureError ? error.message : (error as Error).stack}\n`)
  process.exit(1)
}
