import type { Rule } from './rewrite.ts'

/** Operators that change nothing when they are applied again. */
const IDEMPOTENT = new Set(['Relu', 'Abs', 'Sign', 'Floor', 'Ceil', 'Round'])

/** relu(relu(x)) as relu(x), and likewise for operators of that kind. */
export const applyOnce: Rule = ({ operator }, [x]) =>
  IDEMPOTENT.has(operator) && x.node.operator === operator ? [x] : undefined
