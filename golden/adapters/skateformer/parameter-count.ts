import { parameterCountAdapter } from '../../networks/parameter-count.ts'
import { skateFormerOf } from '../../systems/skateformer/network.ts'

export const adapter = parameterCountAdapter('skateformer', skateFormerOf)
