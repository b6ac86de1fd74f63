import type { EncodedClip } from './encode-clip.ts'
import { embedJson, escapeHtml } from './escape.ts'

/** A moving skeleton of a page. */
export interface GalleryFigure {
  readonly clip: EncodedClip
  /** Name of the clip for its controls. */
  readonly name: string
  /** What is to be seen, for those who do not see it. */
  readonly label: string
  /** HTML below the skeleton. */
  readonly caption: string
  /** Joints that are not the clip's own; they are drawn in another colour. */
  readonly borrowed?: readonly number[]
}

/** Moving skeletons with one set of controls. */
export interface Gallery {
  /** Bones as (child, parent) joint indices. */
  readonly bones: readonly (readonly [child: number, parent: number])[]
  /** Figures that stand together. @param heading HTML */
  readonly groups: readonly { readonly heading?: string; readonly figures: readonly GalleryFigure[] }[]
  /** Joints that are drawn pale, so that left and right can be told apart. */
  readonly pale?: readonly number[]
  /** Whether the number of the frame is shown in place of the time. */
  readonly frameNumbers?: boolean
}

/** HTML that `PLAYER_SCRIPT` brings to life: each clip with a button and a slider, and controls for all of them. */
export function renderGallery({ bones, groups, pale, frameNumbers }: Gallery): string {
  const figures = groups.flatMap((group) => group.figures)
  const clips = figures.map(({ clip, borrowed }) => ({ ...clip, ...(borrowed && { borrowed }) }))
  const data = { bones, clips, ...(pale && { pale }), ...(frameNumbers && { frameNumbers }) }
  const turn = figures.some(({ clip }) => clip.channels === 3)
    ? '<label>Viewing angle <input type="range" data-turn min="-180" max="180" step="5" value="0" aria-label="Viewing angle in degrees"> <output>0°</output></label>'
    : ''
  const blocks = groups.map(
    (group) => `${group.heading ?? ''}<div class="clips">${group.figures.map(figure).join('\n')}</div>`,
  )
  return `<div class="gallery" data-gallery>
<p class="controls"><button type="button" data-all>Play all</button>${turn}</p>
<noscript><p>The skeletons are drawn by a script, and scripts are switched off.</p></noscript>
${blocks.join('\n')}
<script type="application/json">${embedJson(data)}</script>
</div>`
}

function figure({ clip, name, label, caption }: GalleryFigure): string {
  const id = escapeHtml(name)
  return `<figure class="clip">
<canvas role="img" aria-label="${escapeHtml(label)}"></canvas>
<div class="player"><button type="button" data-play aria-label="Play clip ${id}">Play</button><input type="range" data-scrub min="0" max="${clip.frames - 1}" step="1" value="0" aria-label="Position in clip ${id}"><output></output></div>
<figcaption>${caption}</figcaption>
</figure>`
}
