import { parameterCountAdapter } from '../../networks/parameter-count.ts'
import { recognizerOf } from '../../networks/pyskl-config.ts'

export const adapter = parameterCountAdapter('brl', recognizerOf)
