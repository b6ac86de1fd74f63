import { fileURLToPath } from 'node:url'
import type { Browser, Page as BrowserPage } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDevice } from '../../src/runtime/node.ts'
import { relativeDifference } from '../runtime/assertions.ts'
import { findChromium, launchChromium } from './chromium.ts'
import type { Page } from './page.ts'
import { servePage } from './serve.ts'
import { type TrainingResult, type TrainingSetting, trainingRun } from './training-run.ts'

const chromium = findChromium()

const SMALL = { backbone: 'stgcnpp', width: 16, clips: 2, frames: 16 } as const

// Where rounding decides whether an activation is above zero, gradients differ by more than rounding, on one device in
// two ways to add up a sum as well, and a batch of two clips makes more of it with every step. So the steps are small.
const SETTINGS: readonly (readonly [string, TrainingSetting])[] = [
  ['ST-GCN++ of width 16, one step', { ...SMALL, steps: 1, learningRate: 1e-3 }],
  ['ST-GCN++ of width 16, ten steps', { ...SMALL, steps: 10, learningRate: 2e-5 }],
  [
    'ST-GCN++ of its published width, ten steps',
    { backbone: 'stgcnpp', clips: 8, frames: 32, steps: 10, learningRate: 2e-5 },
  ],
]

describe.skipIf(!chromium)(chromium ? 'in Chromium' : 'in Chromium: there is none on PATH', () => {
  let server: Awaited<ReturnType<typeof servePage>>
  let browser: Browser
  let page: BrowserPage

  beforeAll(async () => {
    server = await servePage(fileURLToPath(new URL('page.ts', import.meta.url)))
    browser = await launchChromium(chromium!)
    page = await browser.newPage()
    await page.goto(server.url)
    await page.waitForFunction('globalThis.page !== undefined')
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  const inPage = <K extends keyof Page>(name: K, ...parameters: Parameters<Page[K]>) =>
    page.evaluate(
      ([name, parameters]) =>
        (globalThis as unknown as { page: Record<string, (...p: unknown[]) => unknown> }).page[name](...parameters),
      [name, parameters] as const,
    ) as ReturnType<Page[K]>

  const references = new Map<string, Promise<TrainingResult>>()
  const onNode = (title: string, setting: TrainingSetting) => {
    let result = references.get(title)
    if (!result) {
      result = createDevice('cpu', { threads: 1 }).then((device) => trainingRun(device, setting))
      references.set(title, result)
    }
    return result
  }

  for (const device of ['wasm', 'webgpu'] as const) {
    describe(device, () => {
      it('does what every device does', { timeout: 120_000 }, async (context) => {
        const missing = await inPage('missing', device)
        context.skip(missing !== '', missing)
        const failures = Object.entries(await inPage('runSuite', device)).filter(([, failure]) => failure)
        expect(failures).toEqual([])
      })

      for (const [title, setting] of SETTINGS) {
        // A GPU that is computed on the CPU takes minutes for ten steps, and more than half an hour at the published width.
        const tooLong = device === 'webgpu' && (!setting.width || (setting.steps > 1 && !process.env.OSSATURE_LONG))
        it.skipIf(tooLong)(`trains ${title} to the numbers of Node`, { timeout: 900_000 }, async (context) => {
          const missing = await inPage('missing', device)
          context.skip(missing !== '', missing)
          const expected = await onNode(title, setting)
          const actual = await inPage('train', device, setting)
          const differences = Object.entries(expected.variables).map(
            ([name, values]) => [name, relativeDifference(actual.variables[name], values)] as const,
          )
          expect(relativeDifference(actual.losses, expected.losses)).toBeLessThan(1e-4)
          expect(differences.filter(([, difference]) => !(difference < 1e-4))).toEqual([])
        })
      }
    })
  }
})
