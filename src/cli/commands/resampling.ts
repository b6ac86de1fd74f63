import type { Command } from 'commander'
import { wholeNumberFrom } from '../number-flags.ts'

export interface ResamplingFlags {
  readonly seed: number
  readonly resamples: number
}

/** The options of commands that resample clips. */
export function withResampling(command: Command): Command {
  return command
    .option('--resamples <number>', 'how often the clips are resampled for intervals', wholeNumberFrom(1), 1000)
    .option('--seed <number>', 'seed of the resampling', wholeNumberFrom(0), 0)
}
