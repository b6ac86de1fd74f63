import { LocalLinearAutoregression } from '../../../src/attack/motion/local-linear-autoregression.ts'
import { fitTimeVaryingAutoregression } from '../../../src/attack/motion/time-varying-autoregression.ts'
import type { Adapter } from '../../adapter.ts'

export const adapter: Adapter = {
  system: 'smi-attack',
  kind: 'tvar',
  run(test, check) {
    const series = test.values(test.inputs.series).data
    const { relative_bandwidth, relative_coefficients, relative_cv } = test.tolerance
    for (const order of [1, 2]) {
      const key = `ar${order}`
      if (!check.has([key])) continue
      const { bandwidth, coefficients } = fitTimeVaryingAutoregression(series, order)
      const model = new LocalLinearAutoregression(series, order)
      // Where the series is predicted exactly whatever the bandwidth, it is decided by rounding and means nothing.
      const expected = check.use([key, 'bandwidth']) as number
      const exact = [bandwidth, expected].every((at) => model.leaveOneOutError(at) <= 1e-28 * meanSquare(series))
      if (!exact) check.close([key, 'bandwidth'], bandwidth, { relative: relative_bandwidth })
      const shape = [series.length - order, order]
      check.close([key, 'coefficients'], { data: coefficients, shape }, { relative: relative_coefficients })
      if (!check.has([key, 'cv'])) continue
      const bandwidths = test.config[`cv_bandwidths_ar${order}`] as number[]
      const errors = bandwidths.map((at) => model.leaveOneOutError(at))
      check.close([key, 'cv'], errors, { relative: relative_cv })
    }
  },
}

function meanSquare(series: ArrayLike<number>): number {
  return Array.from(series, (value) => value * value).reduce((sum, square) => sum + square, 0) / series.length
}
