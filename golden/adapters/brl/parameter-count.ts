import { parameterCountAdapter } from '../../parameter-count.ts'
import { recognizerOf } from '../../pyskl-config.ts'

export const adapter = parameterCountAdapter('brl', recognizerOf)
