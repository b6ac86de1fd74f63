import type { HostArray } from '../runtime/device.ts'
import type { Epoch } from './phase.ts'

/** Batches that are being made while the step runs. */
const AHEAD = 2

/** The inputs of an epoch's steps in their order, some of them asked for before they are needed. */
export class FeedsAhead {
  private readonly epoch: Epoch
  private readonly asked: Promise<Record<string, HostArray>>[] = []
  private count = 0

  constructor(epoch: Epoch) {
    this.epoch = epoch
  }

  /** Those of the next step; once for every iteration of the epoch. */
  next(): Promise<Record<string, HostArray>> {
    while (this.asked.length <= AHEAD && this.count < this.epoch.iterations) {
      const feeds = Promise.resolve(this.epoch.feeds(this.count++))
      // Whoever takes it hears of a failure; until then it must not count as unhandled.
      feeds.catch(() => {})
      this.asked.push(feeds)
    }
    return this.asked.shift()!
  }
}
