import { type Document, parseDocument, stringify } from 'yaml'
import { OssatureError } from '../errors.ts'

/**
 * Reads a YAML (or JSON) text that holds one mapping, as option files do. An empty text is an empty mapping.
 * @param where name of the file, for messages
 * @throws OssatureError on a syntax error or a repeated key (with line and column), an alias of nothing or far too many of
 * them, and when the text is not a mapping
 */
export function parseYamlOptions(text: string, where: string): Record<string, unknown> {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true })
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem) {
    const place = problem.linePos?.[0]
    throw new OssatureError('not readable as YAML', {
      where: place ? `${where}, line ${place.line}, column ${place.col}` : where,
      found: problem.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, ''),
    })
  }
  const value = contentOf(document, where)
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new OssatureError('an options file holds one mapping', {
      where,
      expected: 'lines of the form "name: value"',
      found: Array.isArray(value) ? 'a list' : typeof value,
    })
  return value as Record<string, unknown>
}

/** Aliases are looked up here, not while the text is parsed. */
function contentOf(document: Document, where: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    throw new OssatureError('not readable as YAML', {
      where,
      found: (error as Error).message,
      hint: 'A text that begins with * needs quotes.',
    })
  }
}

/** The YAML text of a mapping: block style, keys in the given order, no aliases. */
export function formatYamlOptions(options: Record<string, unknown>): string {
  return stringify(options, { aliasDuplicateObjects: false, lineWidth: 0 })
}
