import { type Layout, limbsOf } from '../../skeleton/layout.ts'
import type { Points } from '../../skeleton/points.ts'
import { type EncodedClip, encodeClip, framesWithin } from './encode-clip.ts'
import { escapeHtml } from './escape.ts'
import { type GalleryFigure, renderGallery } from './gallery.ts'
import { htmlPage } from './html-page.ts'
import { PLAYER_SCRIPT } from './player-script.ts'
import { BASE_STYLE, MEDIA_STYLE } from './style.ts'

/** A motion that is drawn, its second coordinate upwards. */
export interface DrawnMotion {
  /** What it is, in a word or two: `as recorded`, `sample 1`. */
  readonly title: string
  readonly points: Points
  /** Frames per second of these points. */
  readonly frameRate: number
  /** Further facts, a line each. */
  readonly notes?: readonly string[]
  /** Joints that come from another clip. */
  readonly borrowed?: readonly number[]
}

/** A clip and what is drawn of it, the recording first. */
export interface DrawnClip {
  readonly id: string
  /** Name of its class. */
  readonly label: string
  /** Performer, camera, ... in words. */
  readonly origin: string
  readonly motions: readonly DrawnMotion[]
}

/** What a page or a picture of clips shows. */
export interface ClipDrawing {
  readonly title: string
  /** Sentences below the title. */
  readonly lead: readonly string[]
  readonly layout: Pick<Layout, 'limbs' | 'inward' | 'mirrored'>
  readonly clips: readonly DrawnClip[]
}

/** Frames of a clip that are shown. */
const FRAMES = { fewest: 16, most: 600 }
/** Characters of all embedded clips together. */
const TEXT_BUDGET = 8_000_000

const STYLE = `${BASE_STYLE}
.drawn{margin-top:44px}.drawn h2{margin-bottom:2px}.drawn>.id{margin:0 0 14px;font-size:13px}
.what{margin:0;font-size:14px}.player output{min-width:68px}
.drawn+.clips{grid-template-columns:repeat(auto-fill,minmax(min(100%,204px),1fr))}
${MEDIA_STYLE}`

/** One self-contained HTML page with moving skeletons. */
export function clipPage({ title, lead, layout, clips }: ClipDrawing): string {
  const motions = clips.reduce((sum, clip) => sum + clip.motions.length, 0)
  const budget = TEXT_BUDGET / Math.max(1, motions)
  const single = clips.every((clip) => clip.motions.length === 1)
  const figures = clips.map((clip) => clip.motions.map((motion) => figureOf(clip, motion, budget, single)))
  const groups = single
    ? [{ figures: figures.flat() }]
    : clips.map((clip, i) => ({ heading: headingOf(clip), figures: figures[i] }))
  const gallery = renderGallery({
    bones: limbsOf(layout),
    groups,
    pale: layout.mirrored.map(([, right]) => right),
    frameNumbers: true,
  })
  const body = `<header>
<h1>${escapeHtml(title)}</h1>
${lead.map((text) => `<p class="lead">${escapeHtml(text)}</p>`).join('\n')}
</header>
<main id="main">
${gallery}
</main>`
  return htmlPage({ title, style: STYLE, body, script: `'use strict'\n${PLAYER_SCRIPT}` })
}

function headingOf({ id, label, origin }: DrawnClip): string {
  return `<div class="drawn"><h2>${escapeHtml(label)}</h2><p class="id">${escapeHtml(origin === '' ? id : `${id} · ${origin}`)}</p></div>`
}

function figureOf(clip: DrawnClip, motion: DrawnMotion, budget: number, single: boolean): GalleryFigure {
  const { points, frameRate, title, notes = [], borrowed } = motion
  const maxFrames = framesWithin(budget, points, FRAMES)
  const encoded: EncodedClip = encodeClip(points, { maxFrames, vertical: 'up', framesPerSecond: frameRate })
  const lines = single ? [clip.id, clip.origin, ...notes] : notes
  const facts = lines.filter((line) => line !== '').map((line) => `<p class="id">${escapeHtml(line)}</p>`)
  return {
    clip: encoded,
    name: single ? clip.id : `${clip.id}, ${title}`,
    label: `Moving skeleton of clip ${clip.id}: ${clip.label}, ${title}`,
    caption: `<p class="what">${escapeHtml(single ? clip.label : title)}</p>${facts.join('')}`,
    borrowed,
  }
}
