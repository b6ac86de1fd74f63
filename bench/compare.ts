import { fileURLToPath } from 'node:url'
import { OssatureError } from '../src/errors.ts'
import { interleave } from './interleave.ts'
import { findPython } from './python.ts'
import { type Report, report, requireEqualLosses } from './report.ts'
import { type StepSizes, systemSteps, toArguments } from './setting.ts'
import { type Side, startSide } from './side.ts'

export interface Comparison extends StepSizes {
  readonly repeats: number
  readonly pause: number
  readonly python?: string
  /** Whether PyTorch is timed beside us. */
  readonly peer: boolean
  /** Whether torch.compile is timed as well. */
  readonly compiled?: boolean
}

/**
 * Times one network, or the step of a system, here and in PyTorch, step by step in turn.
 * @throws OssatureError when a system is to be timed in inference, a side fails, or the sides compute different losses
 */
export async function compare(network: string, comparison: Comparison): Promise<Report> {
  if (comparison.mode === 'inference' && systemSteps.includes(network)) {
    throw new OssatureError('this step has no inference', {
      where: `step ${network}`,
      expected: '--mode train',
      found: '--mode inference',
    })
  }
  const clips = comparison.mode === 'inference' ? 1 : comparison.clips
  const parameters = toArguments(network, { ...comparison, clips })
  const python = comparison.peer ? await findPython(comparison.python) : undefined
  if (comparison.peer && !python) {
    process.stderr.write('No Python with torch found: our side alone. Name one with --python PATH.\n')
  }
  const sides: Side[] = []
  try {
    sides.push(await startSide('ours', process.execPath, ['--import', 'tsx', local('ours.ts'), ...parameters]))
    if (python) {
      const label = `PyTorch ${python.torchVersion}`
      const peer = ['-B', local('peers/step.py'), ...parameters]
      sides.push(await startSide(label, python.path, peer))
      if (comparison.compiled) sides.push(await startSide(`${label} compiled`, python.path, [...peer, '--compile']))
    }
    const { repeats, pause } = comparison
    const [ours, ...peers] = await interleave(sides, { repeats, warmUp: 3, pauseMs: pause })
    for (const peer of peers) requireEqualLosses(ours, peer)
    return report(network, clips, ours, ...peers)
  } finally {
    for (const side of sides) side.stop()
  }
}

function local(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
