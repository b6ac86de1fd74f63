/** Numbers to show: `loss`, `top-1` ... Shares between 0 and 1 whose name starts with `top-` or `accuracy` are shown in percent. */
export type ProgressValues = Readonly<Record<string, number>>

/** Tells a person, or a program, how far the work is. One stretch of work (an epoch, an import) at a time. */
export interface Progress {
  /** @param unit what is counted, in the plural: `clips`, `steps` */
  begin(title: string, total: number, unit?: string): void
  /** @param done how much of the stretch is done, from 0 to `total` */
  update(done: number, values?: ProgressValues): void
  /** Ends the stretch; `values` are its result. */
  end(values?: ProgressValues): void
  /** A line that stays. */
  note(text: string): void
  /** A line that stays and is shown even when nothing else is. */
  warn(text: string): void
}

/** The part of a stream that progress needs. */
export interface ProgressStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}
