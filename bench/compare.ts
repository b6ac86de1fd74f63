import { OssatureError } from '../src/errors.ts'
import { interleave } from './interleave.ts'
import { type Report, report, requireEqualLosses } from './report.ts'
import { type StepSizes, systemSteps, toArguments } from './setting.ts'
import type { Side } from './side.ts'
import { type PeerOptions, peerPython, startOurs, startPeer } from './sides.ts'

export interface Comparison extends StepSizes, PeerOptions {
  readonly repeats: number
  readonly pause: number
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
  const python = await peerPython(comparison)
  const sides: Side[] = []
  try {
    sides.push(await startOurs('ours', parameters))
    if (python) {
      const label = `PyTorch ${python.torchVersion}`
      sides.push(await startPeer(label, python, parameters))
      if (comparison.compiled) sides.push(await startPeer(`${label} compiled`, python, [...parameters, '--compile']))
    }
    const { repeats, pause } = comparison
    const [ours, ...peers] = await interleave(sides, { repeats, warmUp: 3, pauseMs: pause })
    for (const peer of peers) requireEqualLosses(ours, peer)
    return report(network, clips, ours, ...peers)
  } finally {
    for (const side of sides) side.stop()
  }
}
