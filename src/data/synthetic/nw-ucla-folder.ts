import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clip } from '../clip.ts'
import { nwUclaJson } from './nw-ucla-json.ts'

/** Writes one file per clip, `ID.json`, into a folder that is made if needed. Files of the same name are replaced. */
export async function writeNwUclaFolder(folder: string, clips: readonly Clip[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const clip of clips) await writeFile(join(folder, `${clip.id}.json`), nwUclaJson(clip))
}
