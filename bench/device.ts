import { CpuDevice } from '../src/runtime/cpu/device.ts'

/** The device of our side. Its operator profile goes where the variable `OSSATURE_PROFILE` says, if it is set. */
export function benchmarkDevice(threads: number): CpuDevice {
  return new CpuDevice({
    threads,
    // As PyTorch's OpenMP threads do: the benchmark has the machine to itself.
    spinning: true,
    profile: process.env.OSSATURE_PROFILE,
  })
}
