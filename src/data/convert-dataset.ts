import { OssatureError } from '../errors.ts'
import { type Conversion, convertPoints, planConversion } from '../skeleton/convert-points.ts'
import type { Layout, Unit } from '../skeleton/layout.ts'
import type { Clip, ClipMeta } from './clip.ts'
import type { Dataset } from './dataset.ts'

/** Millimetres in a unit of length. */
const LENGTHS: Partial<Record<Unit, number>> = { metre: 1000, centimetre: 10, millimetre: 1 }

/**
 * The data set with the skeletons of another layout; clips are converted when asked for. Lengths and shares of the image
 * become those of the new layout where both state what they count.
 *
 * @param allowMissing joints that cannot be derived may be left out: they are 0
 * @returns the data set, and how its joints come from the recorded ones
 * @throws OssatureError when the layouts differ in dimensions or units, or joints cannot be derived
 */
export function convertDataset(
  dataset: Dataset,
  from: Layout,
  to: Layout,
  { allowMissing = false } = {},
): { dataset: Dataset; conversion: Conversion } {
  const where = `${dataset.name}, from ${from.name} to ${to.name}`
  if (from.name === to.name) throw new OssatureError('the clips have this skeleton already', { where })
  const conversion = planConversion(from, to)
  const { missing, derived } = conversion
  const nothing = missing.length === to.joints.length
  if (missing.length > 0 && (!allowMissing || nothing)) {
    throw new OssatureError('joints of the new skeleton cannot be derived from the recorded ones', {
      where,
      expected: `joints among ${from.joints.join(', ')}`,
      found: `nothing for ${missing.join(', ')}`,
      hint: nothing ? undefined : 'Choose another layout, or leave them at 0 with --allow-missing.',
    })
  }
  const sizes = unitChange(from, to, where)
  const note = [
    `Converted from the skeleton ${from.name}.`,
    derived.length > 0 ? `Derived: ${derived.map(({ joint }) => joint).join(', ')}.` : '',
    missing.length > 0 ? `Missing, at 0: ${missing.join(', ')}.` : '',
  ]
  return {
    conversion,
    dataset: {
      ...dataset,
      layout: to.name,
      joints: to.joints.length,
      notes: [...(dataset.notes ?? []), note.filter((text) => text !== '').join(' ')],
      clip(index) {
        const clip = dataset.clip(index)
        const converted = convertPoints(clip.points, from, to, { score: clip.score })
        scale(converted.points.data, clip.points.channels, sizes(clip))
        return { ...clip, layout: to.name, points: converted.points, score: converted.score }
      },
    },
  }
}

/** By what a clip's coordinates are multiplied, axis by axis; nothing where they stay as they are. */
function unitChange({ unit: from }: Layout, { unit: to }: Layout, where: string): (clip: Clip) => number[] {
  const unknown = (unit: Unit | undefined) => unit === undefined || unit === 'relative'
  if (from === to || unknown(from) || unknown(to)) return () => []
  const [old, wanted] = [LENGTHS[from!], LENGTHS[to!]]
  if (old !== undefined && wanted !== undefined) return () => [old / wanted, old / wanted, old / wanted]
  if (from === 'pixel' && to === 'image') return (clip) => imageSize(clip).map((size) => 1 / size)
  if (from === 'image' && to === 'pixel') return imageSize
  throw new OssatureError('the coordinates of the two skeletons count different things', {
    where,
    expected: `${to}`,
    found: `${from}`,
  })
}

function imageSize({ id, meta }: { id: string; meta: ClipMeta }): number[] {
  const { imageWidth, imageHeight } = meta
  if (imageWidth !== undefined && imageHeight !== undefined) return [imageWidth, imageHeight]
  throw new OssatureError('pixels and shares of the image cannot be converted without the size of the image', {
    where: `clip ${id}`,
    found: 'no width and height',
  })
}

function scale(data: Float32Array, channels: number, factors: readonly number[]): void {
  factors.slice(0, channels).forEach((factor, axis) => {
    for (let i = axis; i < data.length; i += channels) data[i] *= factor
  })
}
