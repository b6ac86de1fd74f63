import { parameterCountAdapter } from '../../parameter-count.ts'
import { encoderOf } from '../../smi-encoders.ts'

export const adapter = parameterCountAdapter('smi-attack', encoderOf)
