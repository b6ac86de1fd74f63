import type { Dataset } from '../data/dataset.ts'
import { OssatureError } from '../errors.ts'
import type { Layout } from '../skeleton/layout.ts'
import { bodyMetre } from './body-metre.ts'
import { type PlacedClip, type Placement, placedClip } from './placed-clip.ts'

/** Clips by which the size of bodies is found out where the unit is no length. */
const MOST_MEASURED = 32

/** The clips of a data set as an attacked network sees them; each is placed once. */
export class PlacedClips {
  /** What counts as a metre in the unit of the recordings. */
  readonly metre: number
  readonly upright: boolean
  private readonly dataset: Dataset
  private readonly layout: Layout
  private readonly placed = new Map<number, PlacedClip>()

  /**
   * @param placement whether clips are also turned upright; by default where the layout states its axes
   * @throws OssatureError when clips are to be upright and the layout does not say what that is
   */
  constructor(dataset: Dataset, layout: Layout, placement?: 'upright' | 'centred') {
    const hasAxes = layout.dimensions === 3 && layout.axes !== undefined
    if (placement === 'upright' && !hasAxes)
      throw new OssatureError('clips of this layout cannot be turned upright', {
        where: `layout ${layout.name}`,
        expected: 'three dimensions and axes: the joints of origin, trunk and shoulders',
        hint: 'Leave placement out, or set placement=centred.',
      })
    this.dataset = dataset
    this.layout = layout
    this.upright = hasAxes && placement !== 'centred'
    this.metre = bodyMetre(layout, someClips(dataset))
  }

  clip(index: number): PlacedClip {
    const known = this.placed.get(index)
    if (known) return known
    const placement: Placement = { upright: this.upright, metre: this.metre }
    const placed = placedClip(this.dataset.clip(index).points, this.layout, placement)
    this.placed.set(index, placed)
    return placed
  }
}

function* someClips(dataset: Dataset) {
  const count = Math.min(MOST_MEASURED, dataset.entries.length)
  for (let i = 0; i < count; i++) yield dataset.clip(Math.floor((i * dataset.entries.length) / count)).points
}
