import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Assessment, assessAttacks } from '../attack/assess-attacks.ts'
import type { AttackReport, AttackResult } from '../attack/attack-report.ts'
import type { AttackedClips } from '../attack/attacked-clips.ts'
import { attackedDataset } from '../attack/attacked-dataset.ts'
import { BatchFiles } from '../attack/batch-files.ts'
import { atEqualAcceleration } from '../attack/equal-acceleration.ts'
import { examplesOf } from '../attack/examples.ts'
import { randomDisplacement } from '../attack/random-displacement.ts'
import { readVictims } from '../attack/victims.ts'
import { selectClips } from '../data/classes/class-groups.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Split } from '../data/splits/splits.ts'
import { writeStore } from '../data/store/store.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { CounterStream } from '../random/counter-stream.ts'
import { layoutByName } from '../skeleton/layouts/index.ts'
import { CHECKPOINTS, newestCheckpoint } from '../train/run/run-checkpoints.ts'
import { ATTACK_RESULT, ATTACKED_CLIPS, REPORT, type RunFolder } from '../train/run/run-folder.ts'
import type { AttackOptions } from './attack-options.ts'
import { attackProblem } from './attack-problem.ts'
import { performRun, type RunSettings, type TrainedRun } from './perform-run.ts'
import type { AttackPlan, AttackSystem } from './system.ts'

/** Clips that the page shows. */
const EXAMPLES = 4

/** A finished attack: where it lies and what came of it. */
export interface FinishedAttack {
  readonly folder: string
  readonly result: AttackResult
}

/**
 * Attacks clips of a data set and shows what that does to trained classifiers. Leaves a run folder: options, environment,
 * metrics, checkpoints, the attacked clips as a clip store (`attacked`), all numbers (`attack.json`) and a report page.
 * An attack that was interrupted goes on where it stopped.
 * @param victims folders of runs, which the attack never looks at
 * @param split the data set's own division, where it has one
 * @throws OssatureError when data, options or victims are unfit, before the run folder is touched; when the folder is not
 *   a run or cannot be written; the reason of `settings.signal` once that is aborted
 */
export async function runAttack(
  attack: AttackSystem,
  options: AttackOptions,
  dataset: Dataset,
  victims: readonly string[],
  settings: RunSettings,
  split?: Split,
): Promise<FinishedAttack> {
  const { progress, signal, from } = settings
  const problem = attackProblem(dataset, options, split)
  const attacked = selectClips(problem.dataset, problem.attacked)
  const known = readVictims(victims, problem.dataset)
  const named = { attack: attack.name, dataset: dataset.name, victims: [...victims] }
  const recorded = { ...named, ...(from !== undefined && { from }), ...options }
  return performRun(
    settings,
    options,
    recorded,
    (device) => attack.plan(options, problem, { device, progress, signal }),
    async (trained) => {
      const attacks = await attacksOf(trained, attacked, options.seed)
      await writeAttacked(trained.run, attacked, attacks[0], attack.name)
      const set = { dataset: attacked, attacks }
      const assessment = await assessAttacks(set, known, trained.device, { progress, signal })
      const result = resultOf(attack.name, attacked, trained.plan.budget, assessment)
      writeFileAtomically(trained.run.file(ATTACK_RESULT), `${JSON.stringify(result, null, 2)}\n`)
      await writeAttackReport(trained.run.file(REPORT), {
        title: `${attack.name} on ${dataset.name}`,
        synthetic: dataset.name === 'synthetic',
        result,
        examples: examplesOf(attacked, attacks[0], assessment.predictions, 0, EXAMPLES),
        options: recorded,
        environment: { ...trained.environment },
        notes: trained.plan.notes,
      })
      rmSync(batchesOf(trained.run), { recursive: true, force: true })
      return { folder: settings.out, result }
    },
  )
}

/** Folder of the batches that are done, until all is done. */
const batchesOf = (run: RunFolder) => join(run.path, CHECKPOINTS, 'attacks')

/** The attack; what it is compared with, within the same budget and then as smooth as the attack; noise of its size. */
async function attacksOf(
  { plan, run }: TrainedRun<AttackPlan>,
  clips: Dataset,
  seed: number,
): Promise<readonly AttackedClips[]> {
  const epochs = newestCheckpoint(run.path)?.epoch ?? 0
  const attacks = await plan.attack((name) => new BatchFiles(join(batchesOf(run), name), epochs))
  const stream = new CounterStream(seed).fork('random displacement')
  const [own, ...compared] = attacks
  const clean = clips.entries.map((_, index) => clips.clip(index).points)
  const layout = layoutByName(clips.layout)
  const asSmooth = compared.flatMap((attack) => atEqualAcceleration(attack, own, clean, layout) ?? [])
  const random: AttackedClips = {
    name: 'random',
    description: 'every coordinate as far, to a random side',
    clips: own.clips.map((points, i) => randomDisplacement(clean[i], points, stream.fork(i))),
    objective: [],
  }
  return [own, ...compared, ...asSmooth, random]
}

/** The clips under the attack, with the names and labels of the recordings. */
function writeAttacked(run: RunFolder, clips: Dataset, { clips: moved, name: variant }: AttackedClips, attack: string) {
  const notes = [
    ...(clips.notes ?? []),
    `The clips are not as recorded: they are under the attack ${attack} (${variant}).`,
  ]
  const under = attackedDataset(clips, new Map(moved.entries()))
  const dataset = { ...under, name: `${clips.name}-${attack}`, splits: undefined, notes }
  return writeStore(run.file(ATTACKED_CLIPS), dataset, { replace: true })
}

function resultOf(
  attack: string,
  { name, layout, entries, classes }: Dataset,
  budget: number,
  { attacks, victims }: Assessment,
): AttackResult {
  return {
    attack,
    dataset: name,
    layout,
    unit: layoutByName(layout).unit ?? null,
    clips: entries.length,
    classes: classes.length,
    budget,
    attacks,
    victims,
  }
}

/** Writes the page of an attack. */
async function writeAttackReport(path: string, report: AttackReport): Promise<void> {
  const { renderAttackReport } = await import('../attack/report/render-attack-report.ts')
  writeFileAtomically(path, renderAttackReport(report))
}
