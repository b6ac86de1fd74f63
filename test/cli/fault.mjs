// Loaded into a process of the command line (`node --import`): something happens at an exact moment.
// OSSATURE_TEST_FAULT = {"output": TEXT} (after TEXT is printed) or {"before" | "after": NAME} (the renaming of a file
// whose path contains NAME) and "happens": a signal that the process gets, or "ENOSPC": the disk is full from now on.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { output, before, after, happens } = JSON.parse(process.env.OSSATURE_TEST_FAULT)
const { renameSync, writeSync } = fs
const print = process.stdout.write.bind(process.stdout)
let full = false
let happened = false

function happen() {
  if (happened) return
  happened = true
  if (happens === 'ENOSPC') full = true
  else process.kill(process.pid, happens)
}

process.stdout.write = (text, ...rest) => {
  const result = print(text, ...rest)
  if (output !== undefined && String(text).includes(output)) happen()
  return result
}
fs.renameSync = (from, to) => {
  if (before !== undefined && String(to).includes(before)) happen()
  renameSync(from, to)
  if (after !== undefined && String(to).includes(after)) happen()
}
fs.writeSync = (...parts) => {
  if (full)
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
  return writeSync(...parts)
}
syncBuiltinESMExports()
