/** Parts of a pre-training checkpoint that an evaluated encoder does not take over. */
const LEFT_OUT = ['encoder_q.fc', 'encoder_k', 'queue', 'mask_param']

/**
 * The name that a tensor of a pre-training checkpoint has in an encoder that is evaluated or fine-tuned; undefined where
 * it is left out. Older checkpoints number the edge importances from 0, in a list.
 */
export function evaluatedName(name: string): string | undefined {
  if (LEFT_OUT.some((prefix) => name.startsWith(prefix))) return undefined
  return name.replace(/edge_importance\.(\d+)$/, (_, block) => `edge_importance${Number(block) + 1}`)
}
