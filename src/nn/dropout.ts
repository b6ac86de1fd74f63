import { dropout, dropPath, featureDropout, type Tensor } from '../tensor/index.ts'
import { Module } from './module.ts'

/** Elements dropped with probability `p` as it trains. */
export class Dropout extends Module {
  readonly p: number

  constructor(p = 0.5) {
    super()
    this.p = p
  }

  forward(x: Tensor): Tensor {
    return dropout(x, this.p)
  }
}

/** Whole channels of x (N, C, ...) dropped with probability `p` as it trains. */
export class FeatureDropout extends Dropout {
  override forward(x: Tensor): Tensor {
    return featureDropout(x, this.p)
  }
}

/** Whole samples of x (N, ...) dropped with probability `p` as it trains. */
export class DropPath extends Dropout {
  override forward(x: Tensor): Tensor {
    return dropPath(x, this.p)
  }
}
