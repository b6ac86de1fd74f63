import { createDevice, type DeviceName } from '../../src/runtime/web.ts'
import { DEVICE_CASES } from '../runtime/device-suite.ts'
import { type TrainingResult, type TrainingSetting, trainingRun } from './training-run.ts'

/** What the test calls in the page. */
export interface Page {
  /** Why a device is not there; empty when it is. */
  missing(device: DeviceName): Promise<string>
  /** The failures of the device suite by title; empty for a case that passed. */
  runSuite(device: DeviceName): Promise<Record<string, string>>
  train(device: DeviceName, setting: TrainingSetting): Promise<TrainingResult>
}

const open = (name: DeviceName) => createDevice(name, { wasmPaths: '/onnxruntime-web/', threads: 1 })

const page: Page = {
  async missing(name) {
    try {
      await open(name)
      return ''
    } catch (error) {
      return String(error)
    }
  },

  async runSuite(name) {
    const failures: Record<string, string> = {}
    for (const { title, except, run } of DEVICE_CASES) {
      if (except?.includes(name)) continue
      const device = await open(name)
      try {
        await run(device)
        failures[title] = ''
      } catch (error) {
        failures[title] = String(error)
      }
      await device.release()
    }
    return failures
  },

  async train(name, setting) {
    const device = await open(name)
    const result = await trainingRun(device, setting)
    await device.release()
    return result
  },
}

Object.assign(globalThis, { page })
