import { LocalLinearAutoregression } from '../../../src/attack/motion/local-linear-autoregression.ts'
import { fitTimeVaryingAutoregression } from '../../../src/attack/motion/time-varying-autoregression.ts'
import type { Adapter } from '../../adapter.ts'

/** Relative error of numbers that are equal but for rounding. */
const ROUNDING = 1e-12

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'tvar',
  run(test, check) {
    const series = test.values(test.inputs.series).data
    const { relative_bandwidth = 1e-3, relative_coefficients = 1e-4, relative_cv = 1e-8 } = test.tolerance
    const noise = ROUNDING ** 2 * meanSquare(series)
    for (const key of check.keys([]).filter((name) => /^ar\d+$/.test(name))) {
      const order = Number(key.slice(2))
      const { bandwidth, coefficients } = fitTimeVaryingAutoregression(series, order)
      const model = new LocalLinearAutoregression(series, order)
      const [own, other] = [bandwidth, check.use([key, 'bandwidth']) as number].map((at) => model.leaveOneOutError(at))
      // Where both are as good, as for series that any fit predicts exactly, rounding has decided between them.
      const isTie = own < Number.MAX_VALUE && Math.abs(own - other) <= Math.max(noise, ROUNDING * own)
      if (!isTie) check.close([key, 'bandwidth'], bandwidth, { relative: relative_bandwidth })
      const shape = [series.length - order, order]
      check.close([key, 'coefficients'], { data: coefficients, shape }, { relative: relative_coefficients })
      if (!check.has([key, 'cv'])) continue
      const bandwidths = test.config[`cv_bandwidths_ar${order}`] as number[]
      const errors = bandwidths.map((at) => model.leaveOneOutError(at))
      check.close([key, 'cv'], errors, { relative: relative_cv, absolute: noise })
    }
  },
}

function meanSquare(series: ArrayLike<number>): number {
  return Array.from(series, (value) => value * value).reduce((sum, square) => sum + square, 0) / series.length
}
