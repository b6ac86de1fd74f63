import { parameterCountAdapter } from '../../networks/parameter-count.ts'
import { contrastOf, encoderOf } from '../../systems/smi-attack/encoders.ts'

/** Of an encoder, or of the encoders that the contrast trains where the arguments are those of the contrast. */
export const adapter = parameterCountAdapter('smi-attack', (config) => {
  const isContrast = ['pair', 'dim', 'bi_gru', 'agcn'].some((key) => key in config)
  return isContrast ? { parameters: () => contrastOf(config).trained() } : encoderOf(config)
})
