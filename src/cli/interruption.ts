import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Does work that ends in good order on Ctrl-C or when the system asks for it (SIGTERM). A second signal ends the process
 * at once.
 * @param work is handed a signal; once that is aborted, it is to throw the signal's reason
 * @param onInterrupted called when the work has ended early. The exit code of the process is then 128 and the number of
 *   the signal, as shells have it: 130 for Ctrl-C.
 * @returns the result, undefined when the work was interrupted
 */
export async function untilInterrupted<R>(
  work: (signal: AbortSignal) => Promise<R>,
  onInterrupted: () => void,
): Promise<R | undefined> {
  const controller = new AbortController()
  let received: NodeJS.Signals | undefined
  const listener = (name: NodeJS.Signals) => {
    received = name
    for (const name of SIGNALS) process.off(name, listener)
    controller.abort()
  }
  for (const name of SIGNALS) process.on(name, listener)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (!received || error !== controller.signal.reason) throw error
    process.exitCode = 128 + constants.signals[received]
    onInterrupted()
    return undefined
  } finally {
    for (const name of SIGNALS) process.off(name, listener)
  }
}
