import { type EncodedClip, encodeClip } from './encode-clip.ts'
import { embedJson, escapeHtml } from './escape.ts'
import { isNumber, percent, real } from './format.ts'
import type { HardClip, ReportRun } from './report-data.ts'

const MOST_CLIPS = 12
const MOST_FRAMES = 64
const FEWEST_FRAMES = 12
/** Clips on the whole page, shared among the runs. */
const CLIPS_PER_PAGE = 24
/** Characters of all embedded clips together. */
const TEXT_BUDGET = 1_000_000

/** The clips of a run that are shown: highest loss first, at most twelve, fewer when many runs share the page. */
export function shownClips(run: ReportRun, runs: number): HardClip[] {
  const most = Math.min(MOST_CLIPS, Math.max(3, Math.floor(CLIPS_PER_PAGE / runs)))
  return [...run.hardest].sort((a, b) => b.loss - a.loss).slice(0, most)
}

/** The hardest clips of a run as figures that the page's script brings to life. */
export function hardestFigures(run: ReportRun, runs: number): string {
  const clips = shownClips(run, runs)
  const { dataset } = run
  const budget = TEXT_BUDGET / (runs * Math.max(1, clips.length))
  const players = clips.map((clip) => {
    const { persons, joints, channels } = clip.points
    const perFrame = persons * joints * Math.min(3, channels) * 2 * (4 / 3)
    return encodeClip(clip.points, {
      maxFrames: Math.max(FEWEST_FRAMES, Math.min(MOST_FRAMES, Math.floor(budget / perFrame))),
      vertical: dataset.vertical ?? 'up',
      framesPerSecond: dataset.framesPerSecond ?? 30,
    })
  })
  const figures = clips.map((clip, index) => figure(clip, players[index], dataset.classes)).join('\n')
  const data = { bones: dataset.bones, clips: players }
  return `<div class="gallery" data-gallery>
<p class="controls"><button type="button" data-all>Play all</button>${players.some(({ channels }) => channels === 3) ? '<label>Viewing angle <input type="range" data-turn min="-180" max="180" step="5" value="0" aria-label="Viewing angle in degrees"> <output>0°</output></label>' : ''}</p>
<noscript><p>The skeletons are drawn by a script, and scripts are switched off.</p></noscript>
<div class="clips">${figures}</div>
<script type="application/json">${embedJson(data)}</script>
</div>`
}

function figure(clip: HardClip, player: EncodedClip, classes: readonly string[]): string {
  const truth = classes[clip.label]
  const predicted = classes[clip.predicted]
  const right = clip.label === clip.predicted
  const label = `Moving skeleton of clip ${clip.id}: ${truth}, predicted as ${predicted}`
  const rows =
    score('true', truth, right ? clip.probability : clip.labelProbability, 'right') +
    score('predicted', predicted, clip.probability, right ? 'right' : 'wrong')
  return `<figure class="clip">
<canvas role="img" aria-label="${escapeHtml(label)}"></canvas>
<div class="player"><button type="button" data-play aria-label="Play clip ${escapeHtml(clip.id)}">Play</button><input type="range" data-scrub min="0" max="${player.frames - 1}" step="1" value="0" aria-label="Position in clip ${escapeHtml(clip.id)}"><output>${(0).toFixed(1)} s</output></div>
<figcaption><dl>${rows}</dl><p class="id">${escapeHtml(clip.id)} · loss ${real(clip.loss)}</p></figcaption>
</figure>`
}

function score(term: string, name: string, probability: number | undefined, kind: 'right' | 'wrong'): string {
  const value = isNumber(probability) ? percent(probability, 0) : ''
  const bar = isNumber(probability) ? ` style="--share:${Math.min(1, Math.max(0, probability)).toFixed(3)}"` : ''
  return `<div class="score ${kind}"${bar}><dt>${term}</dt><dd>${escapeHtml(name)}</dd><dd class="number">${value}</dd></div>`
}
