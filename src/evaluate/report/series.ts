import { LIGHT_SERIES } from '../drawing/palette.ts'

/** How one run, or one curve of a run, is drawn: told apart by colour and by dash or symbol. */
export interface Appearance {
  colour: string
  dash: string
  symbol: 'circle' | 'square' | 'triangle' | 'diamond'
}

const dashes = ['none', '6 3', '2 3', '8 3 2 3']
const symbols = ['circle', 'square', 'triangle', 'diamond'] as const

/**
 * The appearance of the run with this index. Colours are custom properties of the style sheet, so that light, dark and
 * print each have their own. 28 runs can be told apart: 7 colours and 4 symbols have no common divisor.
 */
export function appearance(index: number): Appearance {
  return { colour: `var(--series-${index % LIGHT_SERIES.length})`, dash: dashes[index % 4], symbol: symbols[index % 4] }
}

/** SVG of a symbol of about 8 units across, centred at (x, y); `content` goes inside (a title). */
export function symbolMark(look: Appearance, x: number, y: number, content = ''): string {
  const shapes = {
    circle: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
    square: 'M-3.2-3.2h6.4v6.4h-6.4z',
    triangle: 'M0-4.2L4 3.2H-4z',
    diamond: 'M0-4.5L4.5 0L0 4.5L-4.5 0z',
  }
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)})`
  return `<path class="symbol" style="fill:${look.colour}" transform="${place}" d="${shapes[look.symbol]}">${content}</path>`
}
