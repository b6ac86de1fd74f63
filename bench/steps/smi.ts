import { IterativeAttack } from '../../src/attack/iterative-attack.ts'
import { nameParts } from '../../src/nn/index.ts'
import { graphAdjacency } from '../../src/skeleton/graph.ts'
import { contrastivePlan } from '../../src/systems/smi-attack/contrastive-attack.ts'
import { GraphEncoder } from '../../src/systems/smi-attack/graph-encoder.ts'
import { smiOptions } from '../../src/systems/smi-attack/options.ts'
import { gradientOrderOf } from '../../src/systems/smi-attack/options-of-parts.ts'
import { benchmarkDevice } from '../device.ts'
import { fillByName, signal } from '../fill.ts'
import { authorsLayout } from '../layouts.ts'
import { coordinates, inputNames, type StepSizes, smi } from '../setting.ts'
import type { Repeated } from './step.ts'

/** An iteration of the SMI attack (S2MI-FGSM) on the released graph encoder; candidates and coefficients are given. */
export async function smiStep({ clips, persons, frames, joints, threads }: StepSizes): Promise<Repeated> {
  const { centres, numClass, stepSize, budget } = smi
  const { order, attackMomentum: momentum } = smiOptions.parse({})
  const graph = graphAdjacency(authorsLayout(joints), { mode: 'spatial' })
  const encoder = nameParts(new GraphEncoder(graph, { numClass, inChannels: coordinates, numPerson: persons }))
  fillByName(encoder.variables())
  const shape = [clips, persons, frames, joints, coordinates] as const
  const plan = contrastivePlan(encoder, shape, clips + centres, gradientOrderOf(order))
  const options = { iterations: Number.MAX_SAFE_INTEGER, stepSize, budget, momentum }
  const attack = await IterativeAttack.compile(plan, options, benchmarkDevice(threads))
  const constants = {
    candidates: signal(inputNames.candidates, plan.constants.candidates),
    first: signal(inputNames.first, shape),
    second: signal(inputNames.second, shape),
  }
  return oneByOne(attack, signal(inputNames.keypoint, shape), constants)
}

/** An attack that stops after every iteration until it is asked for the next one. */
function oneByOne<Name extends string>(
  attack: IterativeAttack<Name>,
  clean: Float32Array,
  constants: Readonly<Record<Name, Float32Array>>,
): Repeated {
  const ended = new AbortController()
  let told: (objective: number) => void = () => {}
  let failed: (error: unknown) => void = () => {}
  let running: Promise<unknown> | undefined
  const begin = (): void => {
    const onIteration = (_: number, objective: number) =>
      new Promise<void>((resolve) => {
        goOn = resolve
        told(objective)
      })
    running = attack.run(clean, constants, { signal: ended.signal, onIteration }).catch((error) => failed(error))
  }
  let goOn = begin
  return {
    async run() {
      const start = performance.now()
      const loss = await new Promise<number>((resolve, reject) => {
        told = resolve
        failed = reject
        goOn()
      })
      return { ms: performance.now() - start, loss }
    },
    async release() {
      ended.abort()
      if (running) goOn()
      await running
      await attack.release()
    },
  }
}
