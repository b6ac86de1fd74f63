/** A division of a data set: indices of clips. Clips may be in neither part. */
export interface Split {
  readonly train: readonly number[]
  readonly test: readonly number[]
}
