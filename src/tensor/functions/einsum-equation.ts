import { OssatureError } from '../../errors.ts'
import { currentScope } from '../tensor.ts'

/** The labels of every operand's axes and of the result's. */
export interface EinsumEquation {
  readonly operands: readonly (readonly string[])[]
  readonly result: readonly string[]
}

const ELLIPSIS = '...'

/**
 * An equation such as `nctv,vw->nctw` for operands of these ranks. The axes of an ellipsis have labels of their own,
 * counted from the last. Without `->` the result has the ellipsis and then, in alphabetical order, the letters that
 * stand once.
 * @throws OssatureError when the equation is not one, or does not fit the ranks
 */
export function parseEquation(equation: string, ranks: readonly number[]): EinsumEquation {
  const fail = (expected: string, found = equation) =>
    new OssatureError('einsum cannot read this equation', { where: currentScope() || 'graph', expected, found })
  const compact = equation.replace(/\s/g, '')
  const sides = compact.split('->')
  const terms = sides[0].split(',')
  if (sides.length > 2) throw fail('one -> at most')
  for (const term of [...terms, ...sides.slice(1)]) {
    if (!/^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(term)) throw fail('letters, one ellipsis per term, commas and ->')
  }
  if (terms.length !== ranks.length) throw fail(`${ranks.length} terms for as many tensors`)
  const operands = terms.map((term, i) => {
    const hidden = ranks[i] - lettersOf(term).length
    if (hidden < 0 || (hidden > 0 && !term.includes(ELLIPSIS))) throw fail(`${ranks[i]} axes in term ${i + 1}`)
    return labelsOf(term, hidden)
  })
  const longest = Math.max(0, ...operands.map((labels) => labels.filter(isHidden).length))
  const result = labelsOf(sides[1] ?? implicitResult(terms), longest)
  const known = new Set(operands.flat())
  if (new Set(result).size !== result.length || result.some((label) => !known.has(label)))
    throw fail('result letters that stand among the operands, each once')
  return { operands, result }
}

const lettersOf = (term: string): string => term.replace(ELLIPSIS, '')

const isHidden = (label: string): boolean => label.startsWith('.')

function labelsOf(term: string, hidden: number): string[] {
  if (!term.includes(ELLIPSIS)) return [...term]
  const [before, after] = term.split(ELLIPSIS)
  return [...before, ...Array.from({ length: hidden }, (_, i) => `.${hidden - i}`), ...after]
}

function implicitResult(terms: readonly string[]): string {
  const letters = lettersOf(terms.join('').replaceAll(ELLIPSIS, ''))
  const once = [...letters].filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter))
  const ellipsis = terms.some((term) => term.includes(ELLIPSIS)) ? ELLIPSIS : ''
  return ellipsis + once.sort().join('')
}
