import type { Device } from './device.ts'

/**
 * A device whose steps refuse to run once `signal` is aborted: whatever works step by step ends after the present step.
 * Compiling and running then throw the signal's reason.
 */
export function interruptible(device: Device, signal: AbortSignal): Device {
  return {
    name: device.name,
    async compile(graph) {
      signal.throwIfAborted()
      const step = await device.compile(graph)
      return {
        async run(feeds) {
          signal.throwIfAborted()
          return step.run(feeds)
        },
        release: () => step.release(),
      }
    },
    pull: (variables) => device.pull(variables),
    push: (variables) => device.push(variables),
  }
}
