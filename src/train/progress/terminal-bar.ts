import { styleText } from 'node:util'
import type { Progress, ProgressStream, ProgressValues } from './progress.ts'
import { rateText, type Stretch, secondsLeft, startStretch, timeText, valuesText } from './progress-text.ts'

type Style = Parameters<typeof styleText>[0]

const BAR_WIDTH = 24
const REDRAW_INTERVAL = 100

/**
 * A bar that is redrawn in place, at most ten times a second:
 * `epoch 3/24 ██████░░░░░░ 120/450, 312 clips/s, 1:23 left, loss 1.234`.
 * @param environment NO_COLOR (any text: no colours) and LC_ALL, LC_CTYPE, LANG (whether block characters can be shown)
 */
export function terminalBar(
  stream: ProgressStream,
  environment: Readonly<Record<string, string | undefined>>,
  now: () => number,
): Progress {
  const colour = !environment.NO_COLOR
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || ''
  const [full, rest] = /utf-?8/i.test(locale) || environment.WT_SESSION ? ['█', '░'] : ['#', '.']
  const paint = (style: Style, text: string) =>
    colour && text !== '' ? styleText(style, text, { validateStream: false }) : text
  let stretch: Stretch | undefined
  let latest: ProgressValues = {}
  let drawnAt = Number.NEGATIVE_INFINITY
  let visible = false

  const clear = () => {
    if (visible) stream.write('\r\u001b[K')
    visible = false
  }
  const keep = (line: string) => {
    clear()
    stream.write(`${line}\n`)
    if (stretch) draw(stretch)
  }
  const draw = (stretch: Stretch) => {
    drawnAt = now()
    const { title, total, done } = stretch
    const filled = total > 0 ? Math.min(BAR_WIDTH, Math.floor((done / total) * BAR_WIDTH)) : 0
    const left = secondsLeft(stretch)
    const remaining = left === undefined ? '' : `${timeText(left)} left`
    const parts = [`${done}/${total}`, rateText(stretch), remaining, valuesText(latest)]
    const tail = ` ${parts.filter((part) => part !== '').join(', ')}`
    // A line longer than the terminal would wrap and could not be redrawn.
    const room = (stream.columns ?? 80) - 1
    const head = title.slice(0, room)
    const bar = room - head.length > BAR_WIDTH + 8
    const used = head.length + (bar ? BAR_WIDTH + 1 : 0)
    const drawn = bar ? ` ${paint('green', full.repeat(filled))}${paint('dim', rest.repeat(BAR_WIDTH - filled))}` : ''
    stream.write(`\r${paint('bold', head)}${drawn}${tail.slice(0, Math.max(0, room - used))}\u001b[K`)
    visible = true
  }

  return {
    begin(title, total, unit = 'steps') {
      stretch = startStretch(title, total, unit, now())
      latest = {}
      draw(stretch)
    },
    update(done, values = latest) {
      latest = values
      if (!stretch) return
      stretch.advance(done, now())
      if (now() - drawnAt >= REDRAW_INTERVAL) draw(stretch)
    },
    end(values = latest) {
      if (!stretch) return
      const { title, startedAt } = stretch
      const parts = [timeText((now() - startedAt) / 1000), rateText(stretch), valuesText(values)]
      stretch = undefined
      keep(`${paint('bold', title)} ${parts.filter((part) => part !== '').join(', ')}`)
    },
    note: keep,
    warn: (text) => keep(`${paint('yellow', 'warning:')} ${text}`),
  }
}
