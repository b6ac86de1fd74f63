import { afterEach, describe, expect, it, vi } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { gpuDevice } from '../../../src/runtime/web/gpu-device.ts'

/** A browser whose GPU opens like this. */
function stubAdapter(adapter: unknown): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } })
}

const openingWith = (requestDevice: () => Promise<unknown>) => ({ features: new Set(), limits: {}, requestDevice })

describe('the GPU of a page', () => {
  afterEach(() => vi.unstubAllGlobals())

  it.each<[string, unknown, RegExp]>([
    ['without an adapter', null, /no adapter/],
    [
      'that does not open',
      openingWith(() => Promise.reject(new Error('Device creation failed'))),
      /Device creation failed/,
    ],
  ])('%s is an error that says what it needs', async (_, adapter, found) => {
    stubAdapter(adapter)
    const opening = gpuDevice()
    await expect(opening).rejects.toBeInstanceOf(OssatureError)
    await expect(opening).rejects.toThrow(found)
    await expect(opening).rejects.toThrow(/It needs a browser with WebGPU/)
  })

  it('is shared, and asked for again when it was lost', async () => {
    let lose = () => {}
    const device = () => ({
      lost: new Promise<void>((resolve) => {
        lose = resolve
      }),
    })
    stubAdapter(openingWith(async () => device()))
    const first = await gpuDevice()
    expect(await gpuDevice()).toBe(first)
    lose()
    await first.lost
    expect(await gpuDevice()).not.toBe(first)
  })
})
