import type { Rule } from './rewrite.ts'

/** Marks that stop gradients, which have done their work. */
export const removeStops: Rule = (node, [x]) => (node.operator === 'StopGradient' ? [x] : undefined)
