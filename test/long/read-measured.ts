import { readFileSync } from 'node:fs'
import { OssatureError } from '../../src/errors.ts'
import { readTorchCheckpoint } from '../../src/files/torch-checkpoint/torch-checkpoint.ts'
import { readWeights } from '../../src/files/weights.ts'

/** Reads the files that are named after the first one, which is read to warm up; prints how much memory that took. */
const [warmUp, ...paths] = process.argv.slice(2)

function read(bytes: Uint8Array): string {
  try {
    const value = bytes[8] === 0x7b ? readWeights(bytes) : readTorchCheckpoint(bytes)
    return value === undefined ? 'nothing' : 'value'
  } catch (error) {
    if (error instanceof OssatureError) return 'refused'
    throw error
  }
}

const peak = () => process.resourceUsage().maxRSS * 1024

read(readFileSync(warmUp))
const before = peak()
const results = paths.map((path) => read(readFileSync(path)))
process.stdout.write(JSON.stringify({ results, grown: peak() - before }))
