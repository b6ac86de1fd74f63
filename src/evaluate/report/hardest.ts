import { type EncodedClip, encodeClip, framesWithin } from '../drawing/encode-clip.ts'
import { escapeHtml } from '../drawing/escape.ts'
import { type GalleryFigure, renderGallery } from '../drawing/gallery.ts'
import { isNumber, percent, real } from './format.ts'
import type { HardClip, ReportRun } from './report-data.ts'

const MOST_CLIPS = 12
/** Frames of a clip that are shown. */
const FRAMES = { fewest: 12, most: 64 }
/** Clips on the whole page, shared among the runs. */
const CLIPS_PER_PAGE = 24
/** Characters of all embedded clips together. */
const TEXT_BUDGET = 1_000_000

/** The clips of a run that are shown: highest loss first, at most twelve, fewer when many runs share the page. */
function shownClips(run: ReportRun, runs: number): HardClip[] {
  const most = Math.min(MOST_CLIPS, Math.max(3, Math.floor(CLIPS_PER_PAGE / runs)))
  return [...run.hardest].sort((a, b) => b.loss - a.loss).slice(0, most)
}

/** The hardest clips of a run as figures that the page's script brings to life. */
export function hardestFigures(run: ReportRun, runs: number): string {
  const clips = shownClips(run, runs)
  const { bones, classes, vertical = 'up', framesPerSecond = 30 } = run.dataset
  const budget = TEXT_BUDGET / (runs * Math.max(1, clips.length))
  const figures = clips.map((clip) => {
    const maxFrames = framesWithin(budget, clip.points, FRAMES)
    return figure(clip, encodeClip(clip.points, { maxFrames, vertical, framesPerSecond }), classes)
  })
  return renderGallery({ bones, groups: [{ figures }] })
}

function figure(clip: HardClip, encoded: EncodedClip, classes: readonly string[]): GalleryFigure {
  const truth = classes[clip.label]
  const predicted = classes[clip.predicted]
  const right = clip.label === clip.predicted
  const rows =
    score('true', truth, right ? clip.probability : clip.labelProbability, 'right') +
    score('predicted', predicted, clip.probability, right ? 'right' : 'wrong')
  return {
    clip: encoded,
    name: clip.id,
    label: `Moving skeleton of clip ${clip.id}: ${truth}, predicted as ${predicted}`,
    caption: `<dl>${rows}</dl><p class="id">${escapeHtml(clip.id)} · loss ${real(clip.loss)}</p>`,
  }
}

function score(term: string, name: string, probability: number | undefined, kind: 'right' | 'wrong'): string {
  const value = isNumber(probability) ? percent(probability, 0) : ''
  const bar = isNumber(probability) ? ` style="--share:${Math.min(1, Math.max(0, probability)).toFixed(3)}"` : ''
  return `<div class="score ${kind}"${bar}><dt>${term}</dt><dd>${escapeHtml(name)}</dd><dd class="number">${value}</dd></div>`
}
