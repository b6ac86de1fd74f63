import { limbsOf } from '../../skeleton/layout.ts'
import type { ClipDrawing, DrawnMotion } from './clip-page.ts'
import { decodeFrames, type EncodedClip, encodeClip } from './encode-clip.ts'
import { escapeHtml } from './escape.ts'
import { DARK_SERIES, LIGHT_SERIES } from './palette.ts'

const CELL = 132
const MARGIN = 10
const GAP = 24
/** Room for the title. */
const HEAD = 48
/** Clips stand side by side up to this width. */
const PAGE = 1200
const MOST_FRAMES = 64

const colours = (palette: readonly string[]) => palette.map((colour, i) => `.p${i}{stroke:${colour}}`).join('')

const STYLE = `text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:#5d636d}.name{font-size:14px;font-weight:600;fill:#1b1d21}
path{fill:none;stroke-width:2.2;stroke-linecap:round}.pale{stroke-opacity:.4}${colours(LIGHT_SERIES)}
@media (prefers-color-scheme:dark){text{fill:#9ba1ab}.name{fill:#e6e8eb}${colours(DARK_SERIES)}}`

/**
 * One SVG picture without any script. With `poses`, each motion is a strip of that many still poses, evenly spaced in time;
 * without, it moves.
 */
export function clipPicture(drawing: ClipDrawing, { poses }: { poses?: number } = {}): string {
  const blocks = drawing.clips.map((clip) => blockOf(clip, drawing.layout, poses))
  const column = Math.max(0, ...blocks.map(({ width }) => width)) + GAP
  const columns = Math.max(1, Math.floor(PAGE / column))
  const parts: string[] = []
  let y = HEAD
  for (let first = 0; first < blocks.length; first += columns) {
    const row = blocks.slice(first, first + columns)
    parts.push(...row.map(({ svg }, i) => `<g transform="translate(${MARGIN + i * column} ${y})">${svg}</g>`))
    y += Math.max(...row.map(({ height }) => height)) + GAP
  }
  const width = 2 * MARGIN + Math.max(textWidth(drawing.title), Math.min(columns, blocks.length) * column - GAP)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img">
<title>${escapeHtml(drawing.title)}</title>
<style>${STYLE}</style>
${text(MARGIN, 20, drawing.title, 'name')}
${parts.join('\n')}
</svg>
`
}

/** A clip with its names: strips of poses below each other, or moving skeletons side by side. */
function blockOf(
  { id, label, origin, motions }: ClipDrawing['clips'][number],
  layout: ClipDrawing['layout'],
  poses: number | undefined,
): { svg: string; width: number; height: number } {
  const facts = [id, origin].filter((part) => part !== '').join(' · ')
  const sides = new Set(layout.mirrored.map(([, right]) => right))
  const bones = limbsOf(layout)
  const titled = motions.length > 1 ? 18 : 0
  const row = CELL + titled + 4
  const parts = motions.map((motion, i) => {
    const [x, y] = poses === undefined ? [i * CELL, 26] : [0, 26 + i * row]
    const cells = cellsOf(motion, { bones, sides, poses })
    const placed = cells.map((cell, n) => `<g transform="translate(${x + n * CELL} ${y + titled})">${cell}</g>`)
    return (titled > 0 ? text(x, y + 14, motion.title) : '') + placed.join('')
  })
  const width = Math.max(textWidth(facts), CELL * (poses ?? motions.length))
  const height = 26 + row * (poses === undefined ? 1 : motions.length)
  return { svg: text(0, 0, label, 'name') + text(0, 17, facts) + parts.join(''), width, height }
}

interface Bones {
  readonly bones: readonly (readonly [number, number])[]
  /** Joints of the right side. */
  readonly sides: ReadonlySet<number>
  readonly poses?: number
}

function cellsOf({ points, frameRate, borrowed = [] }: DrawnMotion, { bones, sides, poses }: Bones): string[] {
  const settings = { maxFrames: poses ?? MOST_FRAMES, vertical: 'up', framesPerSecond: frameRate } as const
  const clip = encodeClip(points, settings)
  const frames = decodeFrames(clip)
  const strokes = Array.from({ length: clip.persons }, (_, person) =>
    [false, true].flatMap((pale) =>
      [false, true].map((foreign) => ({
        person,
        name: `p${(foreign ? person + 2 : person) % LIGHT_SERIES.length}${pale ? ' pale' : ''}`,
        own: bones.filter(
          ([child, parent]) =>
            (sides.has(child) || sides.has(parent)) === pale &&
            borrowed.includes(sides.has(parent) ? parent : child) === foreign,
        ),
      })),
    ),
  )
    .flat()
    .filter(({ own }) => own.length > 0)
  const paths = strokes.map(({ person, own, name }) => ({
    name,
    steps: frames.map((joints) => pathOf(clip, joints.slice(person * clip.joints, (person + 1) * clip.joints), own)),
  }))
  if (poses !== undefined)
    return frames.map((_, frame) =>
      paths.map(({ name, steps }) => `<path class="${name}" d="${steps[frame]}"/>`).join(''),
    )
  const seconds = clip.seconds.toFixed(2)
  const moving = paths.map(
    ({ name, steps }) =>
      `<path class="${name}" d="${steps[0]}"><animate attributeName="d" dur="${seconds}s" repeatCount="indefinite" calcMode="discrete" values="${steps.join(';')}"/></path>`,
  )
  return [moving.join('')]
}

function pathOf(
  { halfWidth, halfHeight }: EncodedClip,
  joints: readonly (readonly number[] | undefined)[],
  bones: Bones['bones'],
): string {
  const scale = (CELL / 2 - 8) / Math.max(halfWidth, halfHeight)
  const place = ([x, y]: readonly number[]) =>
    `${Math.round(10 * (CELL / 2 + x * scale)) / 10} ${Math.round(10 * (CELL / 2 - y * scale)) / 10}`
  const lines = bones.flatMap(([child, parent]) => {
    const [a, b] = [joints[child], joints[parent]]
    return a && b ? [`M${place(a)}L${place(b)}`] : []
  })
  // An empty path ends the list of values early in some browsers.
  return lines.join('') || 'M0 0'
}

function text(x: number, y: number, content: string, name?: string): string {
  return `<text x="${x}" y="${y}"${name ? ` class="${name}"` : ''}>${escapeHtml(content)}</text>`
}

/** About the width of a text of 12 pixels' height. */
const textWidth = (content: string) => Math.ceil(6.7 * content.length)
