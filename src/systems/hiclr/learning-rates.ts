import { constant, multiStep, type Schedule } from '../../train/schedules.ts'

export interface HiclrScheduleOptions {
  /** What is trained: the encoder without labels, a classifier on it, or everything. */
  readonly command: 'pretrain' | 'linear' | 'finetune'
  readonly optimizer: 'sgd' | 'adam' | 'adamw'
  readonly base: number
  /** Epochs, counted from 1, behind which (fine-tuning: from which on) the rate is a tenth; a cosine has none. */
  readonly steps: readonly number[]
  /** Epochs, counted from 1, before which the rate grows. Linear classifiers have none. */
  readonly warmUp?: number
  readonly epochs: number
}

/**
 * The rates of HiCLR by epoch, from 0. SGD falls in steps, AdamW in pre-training along half a cosine, both after a
 * warm-up; the others stay the same, as does SGD without steps.
 */
export function hiclrSchedule(options: HiclrScheduleOptions): Schedule {
  const { command, optimizer, base, steps, epochs } = options
  const warmUp = command === 'linear' ? 0 : (options.warmUp ?? 0)
  const falling = optimizer === 'sgd' && steps.length > 0
  if (falling) {
    const starts = command === 'finetune' ? steps.map((step) => step - 1) : steps
    return grown(multiStep(base, starts), base, warmUp)
  }
  if (optimizer !== 'adamw' || command !== 'pretrain') return constant(base)
  const fallen: Schedule = (epoch) => base * 0.5 * (1 + Math.cos((Math.PI * (epoch + 1 - warmUp)) / (epochs - warmUp)))
  return grown(fallen, base, warmUp)
}

/** The first epochs' share of the base rate: epoch e, from 1, has e / warmUp of it. */
function grown(schedule: Schedule, base: number, warmUp: number): Schedule {
  return (epoch) => (epoch + 1 < warmUp ? (base * (epoch + 1)) / warmUp : schedule(epoch))
}
