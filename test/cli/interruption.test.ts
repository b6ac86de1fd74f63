import { afterEach, describe, expect, it } from 'vitest'
import { untilInterrupted } from '../../src/cli/interruption.ts'

const exitCode = process.exitCode
afterEach(() => {
  process.exitCode = exitCode
})

/** Works until it is told to stop. */
const endless = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
const listeners = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM')

describe('work until interrupted', () => {
  it('gives its result, and listens no longer', async () => {
    const before = listeners()
    expect(
      await untilInterrupted(
        async (signal) => `aborted ${signal.aborted}`,
        () => {},
      ),
    ).toBe('aborted false')
    expect(listeners()).toBe(before)
    expect(process.exitCode).toBe(exitCode)
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s with exit code %i', async (name, code) => {
    const before = listeners()
    let told = 0
    const ended = untilInterrupted(endless, () => {
      told += 1
    })
    process.emit(name, name)
    // From now on a second signal has its usual effect.
    expect(listeners()).toBe(before)
    expect(await ended).toBeUndefined()
    expect(told).toBe(1)
    expect(process.exitCode).toBe(code)
  })

  it('passes other errors on, also when they come after the signal', async () => {
    const broken = new Error('broken')
    const failing = untilInterrupted(
      async () => {
        process.emit('SIGINT', 'SIGINT')
        throw broken
      },
      () => expect.unreachable(),
    )
    await expect(failing).rejects.toBe(broken)
    expect(process.exitCode).toBe(exitCode)
  })

  it('that is done before it notices gives its result', async () => {
    const work = async () => {
      process.emit('SIGINT', 'SIGINT')
      return 'done'
    }
    expect(await untilInterrupted(work, () => expect.unreachable())).toBe('done')
    expect(process.exitCode).toBe(exitCode)
  })
})
