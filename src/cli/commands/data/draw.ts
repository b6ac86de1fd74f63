import type { Command } from 'commander'
import type { Dataset } from '../../../data/dataset.ts'
import { chooseClips } from '../../../data/sampling/choose-clips.ts'
import { OssatureError } from '../../../errors.ts'
import { type ClipDrawing, clipPage } from '../../../evaluate/drawing/clip-page.ts'
import { clipPicture } from '../../../evaluate/drawing/clip-picture.ts'
import { counted } from '../../../evaluate/report/format.ts'
import { writeFileAtomically } from '../../../files/atomic-write.ts'
import { CounterStream } from '../../../random/counter-stream.ts'
import { layoutByName } from '../../../skeleton/layouts/index.ts'
import { classificationProblem, isDivided, undividedProblem } from '../../../systems/classification/problem.ts'
import { drawSamples } from '../../../systems/draw-samples.ts'
import { createProgress } from '../../../train/progress/progress-reporters.ts'
import { collect, type DataFlags, openData, projectOf, withDataSource } from '../../data-source.ts'
import { drawnClips, leadOf } from '../../drawn-clips.ts'
import { refuseIdle } from '../../idle-flags.ts'
import { wholeNumberFrom } from '../../number-flags.ts'
import { systemOf } from '../../system-module.ts'
import { systemOptions } from '../../system-options.ts'

interface DrawFlags extends DataFlags {
  readonly out: string
  readonly clip: string[]
  readonly label?: string
  readonly count?: number
  readonly augment?: string
  readonly samples?: number
  readonly set: string[]
  readonly options?: string
  readonly asReleased?: boolean
  readonly poses?: number
  readonly seed: number
  readonly json?: boolean
}

/** `ossature data draw SOURCE --out FILE`. */
export function addDrawCommand(data: Command): void {
  withDataSource(
    data
      .command('draw')
      .description('draw clips as moving skeletons, and what a system makes of them, on one page')
      .argument('[source]', 'recordings: a zip, a folder or a clip store'),
  )
    .requiredOption('--out <file>', 'page (.html) or picture (.svg) to write; neither needs anything else')
    .option('--clip <id>', 'draw this clip (repeatable)', collect, [])
    .option('--label <name>', 'draw clips of this class')
    .option(
      '--count <number>',
      'clips to draw, from all classes in turn; by default 12, with --augment 4',
      wholeNumberFrom(1),
    )
    .option('--augment <system>', 'beside each clip, samples as this system makes them for training')
    .option('--samples <number>', 'samples of each clip, by default 3', wholeNumberFrom(1))
    .option('--set <name=value>', 'set an option of the system (repeatable)', collect, [])
    .option('--options <file>', 'YAML file of options of the system; --set wins over it')
    .option('--as-released', 'samples as the released code of the system makes them')
    .option(
      '--poses <number>',
      'in a picture: this many still poses of each clip instead of motion',
      wholeNumberFrom(1),
    )
    .option('--seed <number>', 'seed of the choice of clips and of samples', wholeNumberFrom(0), 0)
    .option('--json', 'print JSON lines instead of text')
    .action(draw)
}

async function draw(source: string | undefined, flags: DrawFlags): Promise<void> {
  const { out, json, poses } = flags
  const isPage = /\.html?$/i.test(out)
  if (!isPage && !/\.svg$/i.test(out)) {
    throw new OssatureError('the name of the drawing has another ending', { where: out, expected: '.html or .svg' })
  }
  if (isPage) refuseIdle('on a page: name a picture (.svg)', { '--poses': poses })
  if (flags.clip.length > 0) refuseIdle('beside --clip', { '--label': flags.label, '--count': flags.count })
  if (flags.augment === undefined) {
    const { samples, set, options, asReleased } = flags
    const ofSamples = { '--samples': samples, '--set': set, '--options': options, '--as-released': asReleased }
    refuseIdle('without --augment', ofSamples)
  }
  const progress = createProgress({ mode: json ? 'json' : 'auto' })
  const { drawing, ids } = await drawingOf(openData(source, flags, progress), flags, (done, total) => {
    if (done === 0) progress.begin('draw', total, 'clips')
    else progress.update(done)
  })
  writeFileAtomically(out, isPage ? clipPage(drawing) : clipPicture(drawing, { poses }))
  progress.end()
  const text = `${counted(ids.length, 'clip')} in ${out}`
  process.stdout.write(`${json ? JSON.stringify({ event: 'result', clips: ids, out }) : text}\n`)
}

async function drawingOf(
  recorded: Dataset,
  flags: DrawFlags,
  onClip: (done: number, total: number) => void,
): Promise<{ drawing: ClipDrawing; ids: string[] }> {
  const stream = new CounterStream(flags.seed)
  const augmentation = flags.augment === undefined ? undefined : await augmentationOf(flags.augment, recorded, flags)
  const dataset = augmentation?.dataset ?? recorded
  const { clip: ids, label, count = augmentation ? 4 : 12 } = flags
  const chosen = chooseClips(dataset, { ids: ids.length > 0 ? ids : undefined, label, count }, stream.fork('clips'))
  onClip(0, chosen.length)
  const samplings = augmentation && drawSamples(dataset, chosen, augmentation.maker, flags.samples ?? 3, stream)
  const clips = drawnClips(dataset, chosen, samplings, (done) => onClip(done, chosen.length))
  const title = augmentation ? `${dataset.name}, samples of ${flags.augment}` : dataset.name
  const lead = leadOf(dataset, chosen, augmentation?.maker)
  const drawing = { title, lead, layout: layoutByName(dataset.layout), clips }
  return { drawing, ids: chosen.map((index) => dataset.entries[index].id) }
}

/** What makes the samples, and the data set with the classes that the options ask for. */
async function augmentationOf(name: string, recorded: Dataset, flags: DrawFlags) {
  const system = await systemOf(name)
  if (!system.samples) throw new OssatureError('the samples of this system cannot be drawn', { found: name })
  const options = systemOptions(system, flags, projectOf(flags))
  const problem = isDivided(recorded, options)
    ? classificationProblem(recorded, options)
    : undividedProblem(recorded, options)
  return { dataset: problem.dataset, maker: system.samples(options, problem) }
}
