import { OssatureError } from '../../errors.ts'
import type { ClipEntry } from '../dataset.ts'

/**
 * Indices of the clips that a list names, in the order of the list (a published list of training clips, for example).
 *
 * @param where name of the list for messages
 * @throws OssatureError for an id that the data set does not have or that is listed twice
 */
export function selectById(entries: readonly ClipEntry[], ids: readonly string[], where = 'list of clips'): number[] {
  const indices = new Map(entries.map(({ id }, index) => [id, index]))
  const listed = new Map<string, number>()
  return ids.map((id, i) => {
    const index = indices.get(id)
    const place = { where: `${where}, item ${i + 1}` }
    if (index === undefined) throw new OssatureError(`there is no clip '${id}'`, place)
    const earlier = listed.get(id)
    if (earlier !== undefined) {
      throw new OssatureError(`clip '${id}' is listed twice`, { ...place, found: `item ${earlier + 1} as well` })
    }
    listed.set(id, i)
    return index
  })
}
