import { createHash } from 'node:crypto'
import type { Points } from '../skeleton/points.ts'

/** A digest of the coordinates and their shape: equal for clips with the same content, whatever they are called. */
export function contentHash({ data, persons, frames, joints, channels }: Points): string {
  return createHash('sha256')
    .update(`${persons} ${frames} ${joints} ${channels} `)
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('base64')
}
