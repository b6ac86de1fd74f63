import { OssatureError } from '../errors.ts'
import { f32, multiply, trace } from '../tensor/index.ts'
import type { Device } from './device.ts'

/**
 * The device, when it computes.
 * @throws OssatureError that says what was found and what to do
 */
export async function requireAvailable<D extends Device>(device: D, hint: string): Promise<D> {
  try {
    const step = await device.compile(trace({ x: f32(1) }, ({ x }) => ({ y: multiply(x, 2) })))
    const { y } = await step.run({ x: Float32Array.of(21) })
    await step.release()
    if (y[0] !== 42) throw new Error(`2 times 21 is ${y[0]} there`)
    return device
  } catch (error) {
    throw unavailable(device.name, foundBy(error), hint)
  }
}

/** The error for a device that is not there. */
export function unavailable(name: string, found: string, hint: string): OssatureError {
  return new OssatureError(`the device ${name} is not available`, { found, hint })
}

function foundBy(error: unknown): string {
  if (error instanceof OssatureError) return error.details.found ?? error.message
  return error instanceof Error ? error.message : String(error)
}
