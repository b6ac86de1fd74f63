import { OssatureError } from '../../errors.ts'
import { decodeText } from '../../files/decode-text.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { parseYamlOptions } from '../../files/yaml-options.ts'

/**
 * Clips per class from a file: numbers in class order, separated by commas or line ends (with or without brackets), or
 * YAML or JSON with a number for each class by name.
 *
 * @throws OssatureError for a class that is unknown or missing, or what is no whole number
 */
export function readCounts(path: string, classes: readonly string[]): number[] {
  const text = decodeText(readFileBytes(path), path)
  const words = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
  const numbers = words.filter((word) => word !== '')
  if (numbers.length > 0 && numbers.every((word) => /^\d+$/.test(word))) {
    return inOrder(numbers.map(Number), classes, path)
  }
  const counts = parseYamlOptions(text, path)
  const unknown = Object.keys(counts).find((name) => !classes.includes(name))
  if (unknown !== undefined) {
    throw new OssatureError('a number for a class that the data do not have', {
      where: path,
      expected: classes.join(', '),
      found: `'${unknown}'`,
    })
  }
  return classes.map((name) => {
    const count = counts[name]
    if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count
    const found = count === undefined ? 'no number' : JSON.stringify(count)
    throw new OssatureError('a class needs a whole number from 0', { where: `${path}, class '${name}'`, found })
  })
}

function inOrder(counts: number[], classes: readonly string[], path: string): number[] {
  if (counts.length === classes.length) return counts
  throw new OssatureError('the file has not one number per class', {
    where: path,
    expected: `${classes.length}`,
    found: `${counts.length}`,
  })
}
