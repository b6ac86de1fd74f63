import type { Adapter } from '../../adapter.ts'
import { checkEncoder } from '../../systems/hiclr/encoder-check.ts'

export const adapter: Adapter = { system: 'hiclr', kind: 'encoder-dsta', run: checkEncoder }
