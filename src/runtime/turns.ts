/** Runs jobs one at a time, in the order in which they were asked for. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()
  private waiting = 0

  /** Whether no job runs or waits. */
  get idle(): boolean {
    return this.waiting === 0
  }

  /** Runs a job when those before it are done, whether they succeeded or not. */
  take<R>(job: () => Promise<R>): Promise<R> {
    this.waiting++
    const result = this.last.then(job, job).finally(() => {
      this.waiting--
    })
    this.last = result
    return result
  }
}
