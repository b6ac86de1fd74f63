/** Okabe and Ito's palette for colour-blind readers, darkened so that lines show on light paper. */
export const LIGHT_SERIES: readonly string[] = '#0067a5 #c24a00 #00805c #a8578a #a87400 #2f93c8 #44484f'.split(' ')

/** The same colours, lightened for dark paper. */
export const DARK_SERIES: readonly string[] = '#5eb3ea #f08a4b #35c39a #d995c0 #e6b13d #9fd2f2 #c4c8ce'.split(' ')

/** The colours as custom properties `--series-0`, `--series-1`, ... of a style sheet. */
export function seriesProperties(colours: readonly string[]): string {
  return colours.map((colour, i) => `--series-${i}:${colour}`).join(';')
}
