/** Where traced graphs run: the devices of Node.js. Those of a page come with `ossature/web`. */
export { CpuDevice, type CpuOptions } from './cpu/device.ts'
export type { CompiledStep, CompileOptions, Device, HostArray } from './device.ts'
export { createDevice, DEVICE_NAMES, type DeviceName, type DeviceOptions } from './node.ts'
export { findNonFinite, type NonFinite, type NonFiniteKind } from './non-finite.ts'
export type { Pass } from './pass.ts'
