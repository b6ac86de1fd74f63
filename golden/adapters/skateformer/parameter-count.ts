import { parameterCountAdapter } from '../../parameter-count.ts'
import { skateFormerOf } from '../../skateformer-network.ts'

export const adapter = parameterCountAdapter('skateformer', skateFormerOf)
