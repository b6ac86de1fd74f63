import type { Command } from 'commander'
import { convertDataset } from '../../../data/convert-dataset.ts'
import { type ResampledDataset, resampleDataset } from '../../../data/resample-dataset.ts'
import { writeStore } from '../../../data/store/store.ts'
import { OssatureError } from '../../../errors.ts'
import { count, counted } from '../../../evaluate/report/format.ts'
import type { Conversion } from '../../../skeleton/convert-points.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { layoutByName, registerLayout } from '../../../skeleton/layouts/index.ts'
import { readLayout } from '../../../skeleton/read-layout.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { refuseAmong } from '../../among-recordings.ts'
import { type DataFlags, openData, projectOf, withDataSource } from '../../data-source.ts'
import { positiveNumber } from '../../number-flags.ts'

interface ConvertFlags extends DataFlags {
  readonly layout?: string
  readonly frameRate?: number
  readonly out: string
  readonly allowMissing?: boolean
  readonly force?: boolean
  readonly json?: boolean
}

/** `ossature data convert SOURCE --layout NAME --frame-rate N --out STORE`. */
export function addConvertCommand(data: Command): void {
  withDataSource(
    data
      .command('convert')
      .description('turn recordings into a clip store with another skeleton, another frame rate, or both')
      .argument('[source]', 'recordings: a zip, a folder or a clip store'),
  )
    .option('--layout <name>', 'the skeleton: a published one by name, or a layout file (.json)')
    .option(
      '--frame-rate <number>',
      'frames per second: joints are interpolated in time, missing ones stay missing; clips must tell their own rate, or --reader-set frameRate=30',
      positiveNumber,
    )
    .requiredOption('--out <store>', 'folder of the clip store; it appears when it is complete')
    .option('--allow-missing', 'leave joints at 0 that cannot be derived')
    .option('--force', 'replace the clip store that is there')
    .option('--json', 'print JSON lines instead of text')
    .action(convert)
}

async function convert(source: string | undefined, flags: ConvertFlags): Promise<void> {
  const { layout, frameRate, out, allowMissing, force, json } = flags
  if (layout === undefined && frameRate === undefined) {
    throw new OssatureError('there is nothing to convert', { expected: '--layout NAME, --frame-rate NUMBER, or both' })
  }
  const project = projectOf(flags)
  refuseAmong(source ?? project.data ?? project.source, out, 'the clip store', 'store')
  const progress = createProgress({ mode: json ? 'json' : 'auto' })
  const recorded = openData(source, flags, progress, project)
  const from = layoutByName(recorded.layout)
  const to = layout === undefined ? from : layoutNamed(layout)
  const converted = layout === undefined ? undefined : convertDataset(recorded, from, to, { allowMissing })
  const posed = converted?.dataset ?? recorded
  const resampled = frameRate === undefined ? undefined : resampleDataset(posed, frameRate)
  const dataset = resampled?.dataset ?? posed
  progress.begin('convert', dataset.entries.length, 'clips')
  await writeStore(out, dataset, { replace: force, onClip: (done) => progress.update(done) })
  progress.end()
  const { derived, missing } = converted?.conversion ?? { derived: [], missing: [] }
  const copied = to.joints.length - derived.length - missing.length
  const result = {
    name: dataset.name,
    clips: dataset.entries.length,
    ...{ from: from.name, to: to.name, copied, derived, missing },
    ...(resampled && { frameRate: { from: resampled.rates, to: frameRate }, frames: resampled.frames }),
  }
  const lines = [
    `${dataset.name}: ${counted(result.clips, 'clip')} in ${out}`,
    ...(converted ? [conversionText(from, to, converted.conversion)] : []),
    ...(resampled && frameRate !== undefined ? [resamplingText(resampled, frameRate)] : []),
  ]
  process.stdout.write(
    json ? `${JSON.stringify({ event: 'result', ...result, store: out })}\n` : `${lines.join('\n')}\n`,
  )
}

/** A published layout, or one from a file, which is made known by its name. */
function layoutNamed(nameOrFile: string): Layout {
  if (!/\.json$/i.test(nameOrFile)) return layoutByName(nameOrFile)
  const layout = readLayout(nameOrFile)
  registerLayout(layout)
  return layout
}

function conversionText(from: Layout, to: Layout, { derived, missing }: Conversion): string {
  const copied = to.joints.length - derived.length - missing.length
  const made = derived.map(({ joint, from: sources }) => `  ${joint}, from ${sources.join(', ')}`)
  return [
    `${from.name} (${from.joints.length} joints) to ${to.name} (${to.joints.length}): ${copied} copied, ${derived.length} made up, ${missing.length} missing`,
    ...(made.length > 0 ? ['made up', ...made] : []),
    ...(missing.length > 0 ? ['missing, at 0', ...missing.map((joint) => `  ${joint}`)] : []),
  ].join('\n')
}

function resamplingText({ rates, frames }: ResampledDataset, frameRate: number): string {
  return `${rates.join(', ')} to ${frameRate} frames per second: ${counted(frames.from, 'frame')} became ${count(frames.to)}`
}
