import { readFileBytes } from '../files/file-tree.ts'
import type { Layout } from './layout.ts'
import { parseLayout } from './layout-file.ts'

/**
 * A layout of one's own: from a file, or from the JSON text itself (which begins with a brace).
 * @throws OssatureError when the file cannot be read or describes no layout
 */
export function readLayout(pathOrText: string): Layout {
  if (pathOrText.trimStart().startsWith('{')) return parseLayout(pathOrText)
  return parseLayout(readFileBytes(pathOrText), pathOrText)
}
