import { encodeClip, framesWithin } from '../../evaluate/drawing/encode-clip.ts'
import { escapeHtml } from '../../evaluate/drawing/escape.ts'
import { type GalleryFigure, renderGallery } from '../../evaluate/drawing/gallery.ts'
import { withoutMissingJoints } from '../../evaluate/drawing/missing-joints.ts'
import { turnUpright, type Upwards, upwardsIn } from '../../evaluate/drawing/upright.ts'
import { limbsOf } from '../../skeleton/layout.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import type { Points } from '../../skeleton/points.ts'
import type { AttackExample } from '../attack-report.ts'

/** How many times larger the displacements are drawn once more, since they are meant not to be seen. */
const LARGER = 10
/** Frames of a clip that are shown. */
const FRAMES = { fewest: 16, most: 120 }
/** Characters of all embedded clips together. */
const TEXT_BUDGET = 2_000_000
/** Where a clip does not state its frame rate. */
const USUAL_RATE = 30

/** Clips as recorded, under the attack, and with its displacements drawn larger, side by side. */
export function exampleFigures(examples: readonly AttackExample[], layoutName: string): string {
  if (examples.length === 0) return ''
  const layout = layoutByName(layoutName)
  const up = upwardsIn(
    examples.map(({ clean }) => clean),
    layout,
  )
  const budget = TEXT_BUDGET / (3 * examples.length)
  const groups = examples.map((example) => ({
    heading: `<div class="drawn"><h3>${escapeHtml(example.label)}</h3><p class="id">${escapeHtml(example.id)}</p></div>`,
    figures: figuresOf(example, up, budget),
  }))
  return renderGallery({
    bones: limbsOf(layout),
    groups,
    pale: layout.mirrored.map(([, right]) => right),
    frameNumbers: true,
  })
}

function figuresOf(example: AttackExample, up: Upwards, budget: number): GalleryFigure[] {
  const { id, label, clean, attacked, predictions } = example
  const seen = (which: 'clean' | 'attacked') =>
    predictions.map((by) => `<p class="id">${escapeHtml(by.victim)}: ${verdict(by[which], label)}</p>`).join('')
  const motions = [
    { title: 'as recorded', points: clean, caption: seen('clean') },
    { title: 'under the attack', points: attacked, caption: seen('attacked') },
    { title: `displacements ${LARGER} times as large`, points: enlarged(clean, attacked), caption: '' },
  ]
  return motions.map(({ title, points, caption }) => {
    const maxFrames = framesWithin(budget, points, FRAMES)
    const framesPerSecond = example.frameRate ?? USUAL_RATE
    return {
      clip: encodeClip(turnUpright(withoutMissingJoints(points), up), { maxFrames, vertical: 'up', framesPerSecond }),
      name: `${id}, ${title}`,
      label: `Moving skeleton of clip ${id}: ${label}, ${title}`,
      caption: `<p class="what">${title}</p>${caption}`,
    }
  })
}

function verdict(predicted: string, label: string): string {
  const name = escapeHtml(predicted)
  return predicted === label ? name : `<span class="not">${name}</span>`
}

function enlarged(clean: Points, attacked: Points): Points {
  return { ...clean, data: clean.data.map((value, i) => value + LARGER * (attacked.data[i] - value)) }
}
