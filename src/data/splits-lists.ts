import { OssatureError } from '../errors.ts'
import type { ClipEntry } from './dataset.ts'

/**
 * Indices of the clips that a list names, in the order of the list (a published list of training clips, for example).
 *
 * @param where name of the list for messages
 * @throws OssatureError for an id that the data set does not have or that is listed twice
 */
export function selectById(entries: readonly ClipEntry[], ids: readonly string[], where = 'list of clips'): number[] {
  const indices = new Map(entries.map(({ id }, index) => [id, index]))
  return ids.map((id, line) => {
    const index = indices.get(id)
    const place = `${where}, item ${line + 1}`
    if (index === undefined)
      throw new OssatureError(`there is no clip '${id}', or it is listed twice`, { where: place })
    indices.delete(id)
    return index
  })
}
