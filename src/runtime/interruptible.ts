import type { Device } from './device.ts'

/**
 * A device whose steps give no results once `signal` is aborted: whatever works step by step ends with the present step.
 * Compiling and running then throw the signal's reason.
 */
export function interruptible(device: Device, signal: AbortSignal): Device {
  return {
    name: device.name,
    async compile(graph, options) {
      signal.throwIfAborted()
      const step = await device.compile(graph, options)
      return {
        async run(feeds) {
          signal.throwIfAborted()
          const outputs = await step.run(feeds)
          signal.throwIfAborted()
          return outputs
        },
        release: () => step.release(),
      }
    },
    pull: (variables) => device.pull(variables),
    push: (variables) => device.push(variables),
  }
}
