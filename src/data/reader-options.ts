import { z } from 'zod'
import { OssatureError } from '../errors.ts'
import type { ClipMeta } from './clip.ts'
import type { Dataset } from './dataset.ts'
import type { Reader } from './readers/reader.ts'

/** What every reader lets one state, because the files often do not. */
const commonOptions = z.object({
  name: z.string().min(1).optional().describe('what the data set is called; by default the name of the reader'),
  frameRate: z.number().positive().optional().describe('frames per second of clips that do not tell theirs'),
  imageWidth: z.int().min(1).optional().describe('width in pixels of the images of 2-D poses that do not tell it'),
  imageHeight: z.int().min(1).optional().describe('height in pixels of the images of 2-D poses that do not tell it'),
})

/** Values of a reader's options, by name. */
export type ReaderOptions = Readonly<Record<string, unknown>>

/** All options of a reader: what it lets one choose, and what every reader lets one state. */
export function optionsOfReader({ options }: Reader): z.ZodObject {
  return z.strictObject({ ...options?.shape, ...commonOptions.shape })
}

/**
 * Reads with options.
 * @param read gets the reader's own options
 * @throws OssatureError for values that the reader does not have, and as `read`
 */
export function readWithOptions(
  reader: Reader,
  options: ReaderOptions,
  read: (own: Record<string, unknown>) => Dataset,
): Dataset {
  const parsed = optionsOfReader(reader).safeParse(options)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]
    throw new OssatureError('the options do not fit the reader', {
      where: [`reader ${reader.name}`, path.join('.')].filter((part) => part !== '').join(', '),
      expected: Object.keys(optionsOfReader(reader).shape).join(', '),
      found: message,
    })
  }
  const { name, frameRate, imageWidth, imageHeight, ...own } = parsed.data as z.output<typeof commonOptions>
  if ((imageWidth === undefined) !== (imageHeight === undefined)) {
    throw new OssatureError('an image has a width and a height', {
      where: `reader ${reader.name}`,
      expected: 'imageWidth and imageHeight, or neither',
      found: imageWidth === undefined ? 'imageHeight' : 'imageWidth',
    })
  }
  const dataset = withOrigin(read(own), { frameRate, imageWidth, imageHeight })
  return name === undefined ? dataset : { ...dataset, name }
}

/** The data set, whose clips have these origins where they have none of their own. */
function withOrigin(dataset: Dataset, stated: Pick<ClipMeta, 'frameRate' | 'imageWidth' | 'imageHeight'>): Dataset {
  const { frameRate, imageWidth, imageHeight } = stated
  if (frameRate === undefined && imageWidth === undefined) return dataset
  const complete = (meta: ClipMeta): ClipMeta => {
    const rate = meta.frameRate ?? frameRate
    const sized = meta.imageWidth === undefined && imageWidth !== undefined
    return { ...meta, ...(rate !== undefined && { frameRate: rate }), ...(sized && { imageWidth, imageHeight }) }
  }
  return {
    ...dataset,
    entries: dataset.entries.map((entry) => ({ ...entry, meta: complete(entry.meta) })),
    clip(index) {
      const clip = dataset.clip(index)
      return { ...clip, meta: complete(clip.meta) }
    },
  }
}
