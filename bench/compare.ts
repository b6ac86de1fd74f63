import { OssatureError } from '../src/errors.ts'
import { interleave, type Measurement } from './interleave.ts'
import type { Python } from './python.ts'
import { type Report, report, requireEqualLosses } from './report.ts'
import { dropout, type StepSizes, systemSteps, toArguments } from './setting.ts'
import type { Side } from './side.ts'
import { type PeerOptions, peerPython, startOurs, startPeer } from './sides.ts'

export interface Comparison extends StepSizes, PeerOptions {
  readonly repeats: number
  readonly pause: number
  /** Whether torch.compile is timed as well. */
  readonly compiled?: boolean
}

/**
 * Times one network, or the step of a system, here and in PyTorch, step by step in turn. What drops at random is first
 * compared without dropout.
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
  const python = await peerPython(comparison)
  const drops = comparison.mode === 'train' && comparison.dropout && network in dropout
  const plain = { ...comparison, clips, dropout: false }
  if (python && drops) requireEqual(await measure(network, { ...plain, repeats: 0 }, python))
  const measurements = await measure(network, { ...plain, dropout: drops }, python)
  if (!drops) requireEqual(measurements)
  const [ours, ...peers] = measurements
  return report(network, clips, ours, ...peers)
}

function requireEqual([ours, ...peers]: readonly Measurement[]): void {
  for (const peer of peers) requireEqualLosses(ours, peer)
}

/** Our side, and those of PyTorch if there is a Python: three steps that do not count, then `repeats`, in turn. */
async function measure(network: string, comparison: Comparison, python?: Python): Promise<Measurement[]> {
  const parameters = toArguments(network, comparison)
  const sides: Side[] = []
  try {
    sides.push(await startOurs('ours', parameters))
    if (python) {
      const label = `PyTorch ${python.torchVersion}`
      sides.push(await startPeer(label, python, parameters))
      if (comparison.compiled) sides.push(await startPeer(`${label} compiled`, python, [...parameters, '--compile']))
    }
    const { repeats, pause } = comparison
    return await interleave(sides, { repeats, warmUp: 3, pauseMs: pause })
  } finally {
    for (const side of sides) side.stop()
  }
}
