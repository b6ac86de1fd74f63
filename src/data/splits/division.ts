import type { Dataset } from '../dataset.ts'
import type { Split } from './split.ts'

/** A data set and which of its clips train and test. */
export interface Division extends Split {
  /** The data set, with the classes that the division is about. */
  readonly dataset: Dataset
  /** Performers must not be in both parts. */
  readonly crossSubject: boolean
  /** The choice of these classes, where they are not those of the data as recorded, see `ClassChoice`. */
  readonly classes?: string | readonly string[]
}
