import { type Command, InvalidArgumentError } from 'commander'
import { OssatureError } from '../../errors.ts'
import { accuraciesOf } from '../../evaluate/evaluation.ts'
import { fuseScoreFiles, streamOf } from '../../evaluate/fusion/fuse-score-files.ts'
import { FUSION_PRESETS, type FusionOf } from '../../evaluate/fusion/fusion-presets.ts'
import { renderFusion } from '../../evaluate/fusion/fusion-text.ts'
import { searchWeights } from '../../evaluate/fusion/weight-search.ts'
import { onSameClips, requireHeldOut, requireSameProblem } from '../../evaluate/scores/same-clips.ts'
import { encodeScoreFile } from '../../evaluate/scores/score-file.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { refuseIdle } from '../idle-flags.ts'
import { wholeNumberFrom } from '../number-flags.ts'
import { readScoredRuns, type ScoredRun } from '../scored-runs.ts'

interface FuseFlags {
  readonly weights?: number[]
  readonly preset?: string
  readonly search?: string[]
  readonly searchOnTest?: boolean
  readonly steps?: number
  readonly of?: FusionOf
  readonly out?: string
  readonly json?: boolean
}

/** Weights and what is known of where they come from. */
interface ChosenWeights {
  readonly weights: readonly number[]
  readonly of: FusionOf
  readonly origin: string
  readonly warning?: string
}

/** `ossature fuse RUN RUN ...`. */
export function addFuseCommand(root: Command): void {
  root
    .command('fuse')
    .description('add up the scores of runs on the same test clips, such as streams of joints and bones')
    .argument('<runs...>', 'folders of runs, or score files')
    .option('--weights <numbers>', 'a weight per run, such as 2,2,1,1; without any, all weigh the same', weightList)
    .option('--preset <name>', `published weights: ${Object.keys(FUSION_PRESETS).join(', ')}`)
    .option(
      '--search <runs...>',
      'search the weights on the scores that the same streams have on held-out training clips',
    )
    .option(
      '--search-on-test',
      'search the weights on the test clips, as some publications do: the result is flattered',
    )
    .option('--steps <number>', 'steps of the search from 0 to 1, by default 10', wholeNumberFrom(0))
    .option('--of <kind>', 'what is added up: probabilities, or scores (their logarithms)', kindOf)
    .option('--out <file>', 'write the fused scores, for `ossature eval` and `ossature compare`')
    .option('--json', 'print JSON instead of text')
    .action(fuse)
}

function weightList(text: string): number[] {
  const weights = text.split(/[,:]/).map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (!weights.every((weight) => Number.isFinite(weight) && weight >= 0) || !weights.some((weight) => weight > 0))
    throw new InvalidArgumentError('numbers from 0 are needed, one above 0, such as 2,2,1,1')
  return weights
}

function kindOf(text: string): FusionOf {
  if (text === 'probabilities' || text === 'scores') return text
  throw new InvalidArgumentError('probabilities or scores')
}

function fuse(paths: string[], flags: FuseFlags): void {
  const runs = onSameClips(readScoredRuns(paths))
  if (runs.length < 2) throw new OssatureError('a fusion needs at least two runs', { found: `${runs.length}` })
  const { weights, of, origin, warning } = chooseWeights(runs, flags)
  const fused = fuseScoreFiles(
    runs.map(({ file }) => file),
    weights,
    of,
  )
  if (flags.out !== undefined) writeFileAtomically(flags.out, encodeScoreFile(fused))
  const listed = [...runs.map(({ name, file }) => ({ name, file })), { name: 'fused', file: fused }]
  const results = listed.map(({ name, file }) => ({
    name,
    result: accuraciesOf(file.probabilities, file.labels, fused.trainCounts),
  }))
  if (flags.json) {
    const streams = results.slice(0, -1).map((one, index) => ({ ...one, run: paths[index], weight: weights[index] }))
    const { result } = results[results.length - 1]
    const notes = warning === undefined ? {} : { warning }
    process.stdout.write(
      `${JSON.stringify({ weights, of, origin, ...notes, streams, result, scores: flags.out ?? null })}\n`,
    )
    return
  }
  const file = flags.out === undefined ? '' : `\n\nscores: ${flags.out}`
  process.stdout.write(`${renderFusion(results, { weights, of, origin, warning })}${file}\n`)
}

function chooseWeights(runs: readonly ScoredRun[], flags: FuseFlags): ChosenWeights {
  const { weights, preset, search, searchOnTest, steps = 10, of = 'probabilities' } = flags
  const given = [weights && '--weights', preset && '--preset', search && '--search', searchOnTest && '--search-on-test']
  const named = given.filter((flag) => typeof flag === 'string')
  if (named.length > 1)
    throw new OssatureError('there is more than one choice of weights', { expected: 'one', found: named.join(', ') })
  if (!search && !searchOnTest) refuseIdle('without --search or --search-on-test', { '--steps': flags.steps })
  if (weights) return { weights: requireOnePerRun(weights, runs, '--weights'), of, origin: 'as given' }
  if (preset !== undefined) return presetWeights(preset, runs, flags.of)
  if (search) return heldOutWeights(runs, search, of, steps)
  if (searchOnTest) return testWeights(runs, of, steps)
  return { weights: runs.map(() => 1), of, origin: 'all equal' }
}

function requireOnePerRun(weights: readonly number[], runs: readonly ScoredRun[], where: string): readonly number[] {
  if (weights.length !== runs.length)
    throw new OssatureError('every run needs its weight', {
      where,
      expected: `${runs.length} weights`,
      found: `${weights.length}`,
    })
  return weights
}

function presetWeights(name: string, runs: readonly ScoredRun[], of: FusionOf | undefined): ChosenWeights {
  if (!Object.hasOwn(FUSION_PRESETS, name))
    throw new OssatureError('there are no such weights', {
      where: '--preset',
      expected: Object.keys(FUSION_PRESETS).join(', '),
      found: name,
    })
  const preset = FUSION_PRESETS[name]
  requireOnePerRun(preset.weights, runs, `--preset ${name}`)
  const origin = `${name} (${preset.source}), for the streams ${preset.streams.join(', ')} in this order`
  return { weights: preset.weights, of: of ?? preset.of, origin }
}

function heldOutWeights(runs: readonly ScoredRun[], paths: string[], of: FusionOf, steps: number): ChosenWeights {
  const heldOut = onSameClips(readScoredRuns(paths))
  if (heldOut.length !== runs.length)
    throw new OssatureError('every run needs its held-out scores', {
      where: '--search',
      expected: `${runs.length} runs, in the same order`,
      found: `${heldOut.length}`,
    })
  for (const run of heldOut) requireSameClasses(runs[0], run)
  requireHeldOut(runs[0], heldOut[0])
  const { weights, top1, tried } = searched(heldOut, of, steps)
  const clips = heldOut[0].file.labels.length
  return {
    weights,
    of,
    origin: `best of ${tried} on ${clips} held-out clips (top-1 ${(100 * top1).toFixed(1)}% there)`,
  }
}

/** Held-out scores come from runs with fewer training clips: only the classes and the data set must be the same. */
function requireSameClasses(run: ScoredRun, heldOut: ScoredRun): void {
  const { trainCounts: _, ...file } = heldOut.file
  requireSameProblem(run, { ...heldOut, file })
}

function testWeights(runs: readonly ScoredRun[], of: FusionOf, steps: number): ChosenWeights {
  const { weights, tried } = searched(runs, of, steps)
  const warning =
    'The weights were searched on the test clips themselves, as in the published protocol: the accuracy is flattered.'
  return { weights, of, origin: `best of ${tried} on the test clips`, warning }
}

function searched(runs: readonly ScoredRun[], of: FusionOf, steps: number) {
  const streams = runs.map(({ file }) => streamOf(file.probabilities, of))
  return searchWeights(streams, runs[0].file.labels, steps)
}
