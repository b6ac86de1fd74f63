import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CpuDevice } from '../../../src/runtime/cpu/device.ts'
import { classificationProblem } from '../../../src/systems/classification/problem.ts'
import { systemNamed } from '../../../src/systems/index.ts'
import { resolveOptions } from '../../../src/systems/options.ts'
import type { SystemOptions } from '../../../src/systems/system.ts'
import { createProgress } from '../../../src/train/progress/progress-reporters.ts'
import { droppingScopes } from '../../models/dropping-scopes.ts'
import { temporaryFolders } from '../../train/temporary-folder.ts'
import { SMALL, smallData, train } from '../small-runs.ts'

const newFolder = temporaryFolders()

/** Paths of the modules that drop in the training step of a system. */
async function dropping(name: string, values: object): Promise<string[]> {
  const system = systemNamed(name)
  const options = resolveOptions(system.options, [{ origin: 'test', values: { ...SMALL, ...values } }]) as SystemOptions
  const { dataset, split } = smallData()
  const plan = await system.plan(options, classificationProblem(dataset, options, split), {
    device: new CpuDevice({ threads: 1 }),
    progress: createProgress({ mode: 'quiet', stream: { write: () => true } }),
  })
  const scopes = droppingScopes(plan.phases[0].step)
  await plan.release()
  return scopes
}

describe.each([
  ['baseline', 'backbone.gcn', 'cls_head'],
  ['brl', 'backbone.gcn', 'cls_head'],
  ['fr-head', 'gcn', ''],
])('dropout of %s', (system, blocks, head) => {
  it('is off by default, and within blocks and before the classifier when the options say so', async () => {
    const within = Array.from({ length: 9 }, (_, i) => `${blocks}.${i + 1}.tcn`)
    expect(await dropping(system, {})).toEqual([])
    expect(await dropping(system, { dropout: 0.2, tcnDropout: 0.5 })).toEqual([...within, head])
  })

  it('is refused before anything is written where the network has none within', async () => {
    const out = join(newFolder(), 'run')
    const running = train(system, out, smallData(), { backbone: 'ctrgcn-original', tcnDropout: 0.5 })
    await expect(running).rejects.toThrow(/^ctrgcn-original: .*no dropout/)
    expect(existsSync(out)).toBe(false)
  })
})
