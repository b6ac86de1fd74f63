export { CpuDevice, type CpuOptions } from './cpu/device.ts'
export type { CompiledStep, Device, HostArray } from './device.ts'
