import type { Variable } from '../../tensor/index.ts'
import { OriginalStGcn } from '../original/stgcn.ts'

/** The original ST-GCN with its edge importances numbered from 1 in the state dict, as in the code of HiCLR. */
export class HiclrStGcn extends OriginalStGcn {
  override *variables(prefix = ''): Generator<[string, Variable]> {
    for (const [name, variable] of super.variables(prefix))
      yield [name.replace(/edge_importance\.(\d+)$/, (_, block) => `edge_importance${Number(block) + 1}`), variable]
  }
}
