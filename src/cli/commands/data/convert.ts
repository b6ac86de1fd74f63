import type { Command } from 'commander'
import { convertDataset } from '../../../data/convert-dataset.ts'
import { writeStore } from '../../../data/store.ts'
import type { Conversion } from '../../../skeleton/convert-points.ts'
import type { Layout } from '../../../skeleton/layout.ts'
import { layoutByName, registerLayout } from '../../../skeleton/layouts/index.ts'
import { readLayout } from '../../../skeleton/read-layout.ts'
import { createProgress } from '../../../train/progress-reporters.ts'
import { type DataFlags, openData, withDataSource } from '../../data-source.ts'

interface ConvertFlags extends DataFlags {
  readonly layout: string
  readonly out: string
  readonly allowMissing?: boolean
  readonly force?: boolean
  readonly json?: boolean
}

/** `ossature data convert SOURCE --layout NAME --out STORE`. */
export function addConvertCommand(data: Command): void {
  withDataSource(
    data
      .command('convert')
      .description('turn recordings into a clip store with another skeleton')
      .argument('[source]', 'recordings: a zip, a folder or a clip store'),
  )
    .requiredOption('--layout <name>', 'the skeleton: a published one by name, or a layout file (.json)')
    .requiredOption('--out <store>', 'folder of the clip store; it appears when it is complete')
    .option('--allow-missing', 'leave joints at 0 that cannot be derived')
    .option('--force', 'replace the clip store that is there')
    .option('--json', 'print JSON lines instead of text')
    .action(convert)
}

async function convert(source: string | undefined, flags: ConvertFlags): Promise<void> {
  const { layout, out, allowMissing, force, json } = flags
  const recorded = openData(source, flags)
  const from = layoutByName(recorded.layout)
  const to = layoutNamed(layout)
  const { dataset, conversion } = convertDataset(recorded, from, to, { allowMissing })
  const progress = createProgress({ mode: json ? 'json' : 'auto' })
  progress.begin('convert', dataset.entries.length, 'clips')
  await writeStore(out, dataset, { replace: force, onClip: (done) => progress.update(done) })
  progress.end()
  const { derived, missing } = conversion
  const copied = to.joints.length - derived.length - missing.length
  const result = {
    name: dataset.name,
    clips: dataset.entries.length,
    from: from.name,
    to: to.name,
    copied,
    derived,
    missing,
  }
  process.stdout.write(
    json
      ? `${JSON.stringify({ event: 'result', ...result, store: out })}\n`
      : `${dataset.name}: ${result.clips} clips in ${out}\n${conversionText(from, to, conversion)}\n`,
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
