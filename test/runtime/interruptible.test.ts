import { describe, expect, it } from 'vitest'
import type { Device, HostArray } from '../../src/runtime/device.ts'
import { interruptible } from '../../src/runtime/interruptible.ts'
import { f32, trace } from '../../src/tensor/index.ts'

const graph = trace({ x: f32(1) }, ({ x }) => ({ x }))

/** A device that gives back what it is fed, and notes what it is asked. */
function echo(during = () => {}): { device: Device; asked: string[] } {
  const asked: string[] = []
  const device: Device = {
    name: 'echo',
    async compile() {
      asked.push('compile')
      return {
        async run(feeds: Readonly<Record<string, HostArray>>) {
          asked.push('run')
          during()
          return { ...feeds }
        },
        async release() {
          asked.push('release')
        },
      }
    },
    async pull() {
      asked.push('pull')
    },
    push: () => asked.push('push'),
  }
  return { device, asked }
}

describe('an interruptible device', () => {
  it('does what the device does', async () => {
    const { device, asked } = echo()
    const guarded = interruptible(device, new AbortController().signal)
    const step = await guarded.compile(graph)
    expect(await step.run({ x: Float32Array.of(3) })).toEqual({ x: Float32Array.of(3) })
    await guarded.pull([])
    guarded.push([])
    await step.release()
    expect(guarded.name).toBe('echo')
    expect(asked).toEqual(['compile', 'run', 'pull', 'push', 'release'])
  })

  it('refuses to run and to compile once the signal is aborted; releasing is still possible', async () => {
    const { device, asked } = echo()
    const controller = new AbortController()
    const guarded = interruptible(device, controller.signal)
    const step = await guarded.compile(graph)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(step.run({ x: Float32Array.of(3) })).rejects.toBe(reason)
    await expect(guarded.compile(graph)).rejects.toBe(reason)
    await step.release()
    expect(asked).toEqual(['compile', 'release'])
  })

  it('gives no results of a step during which the signal was aborted', async () => {
    const controller = new AbortController()
    const { device } = echo(() => controller.abort())
    const step = await interruptible(device, controller.signal).compile(graph)
    await expect(step.run({ x: Float32Array.of(3) })).rejects.toBe(controller.signal.reason)
  })
})
