import { stringifyJson } from '../run/json-numbers.ts'
import type { Progress, ProgressStream, ProgressValues } from './progress.ts'
import { rateText, type Stretch, secondsLeft, startStretch, timeText, valuesText } from './progress-text.ts'
import { terminalBar } from './terminal-bar.ts'

export interface ProgressOptions {
  /** `json`: a line of JSON per event on `output`; `quiet`: warnings only; `auto`: a bar on a terminal, else plain lines. */
  readonly mode?: 'auto' | 'json' | 'quiet'
  /** For people. Default standard error. */
  readonly stream?: ProgressStream
  /** For machines. Default standard output. */
  readonly output?: ProgressStream
  /** NO_COLOR, TERM and LANG are looked at. Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Clock in milliseconds. */
  readonly now?: () => number
}

/** The way of reporting that fits where the output goes. */
export function createProgress(options: ProgressOptions = {}): Progress {
  const { mode = 'auto', stream = process.stderr, output = process.stdout, now = () => performance.now() } = options
  const environment = options.environment ?? process.env
  if (mode === 'quiet') return quiet(stream)
  if (mode === 'json') return jsonLines(output, now)
  if (stream.isTTY && environment.TERM !== 'dumb') return terminalBar(stream, environment, now)
  return plainLines(stream, now)
}

/** Nothing but warnings. */
function quiet(stream: ProgressStream): Progress {
  const nothing = () => {}
  return { begin: nothing, update: nothing, end: nothing, note: nothing, warn: warning(stream) }
}

function warning(stream: ProgressStream): (text: string) => void {
  return (text) => stream.write(`warning: ${text}\n`)
}

/** For log files: a line every half minute and one at the end of each stretch. */
function plainLines(stream: ProgressStream, now: () => number, interval = 30_000): Progress {
  let stretch: Stretch | undefined
  let printed = 0
  let latest: ProgressValues = {}
  return {
    begin(title, total, unit = 'steps') {
      stretch = startStretch(title, total, unit, now())
      printed = now()
      latest = {}
    },
    update(done, values = latest) {
      latest = values
      if (!stretch) return
      stretch.advance(done, now())
      if (now() - printed < interval) return
      printed = now()
      const left = secondsLeft(stretch)
      const parts = [`${stretch.title}: ${done}/${stretch.total} ${stretch.unit}`, rateText(stretch)]
      if (left !== undefined) parts.push(`${timeText(left)} left`)
      stream.write(`${[...parts, valuesText(values)].filter((part) => part !== '').join(', ')}\n`)
    },
    end(values = latest) {
      if (!stretch) return
      const parts = [`done in ${timeText((now() - stretch.startedAt) / 1000)}`, rateText(stretch), valuesText(values)]
      stream.write(`${stretch.title}: ${parts.filter((part) => part !== '').join(', ')}\n`)
      stretch = undefined
    },
    note: (text) => stream.write(`${text}\n`),
    warn: warning(stream),
  }
}

/** One JSON object per line: `{"event":"begin" | "progress" | "end" | "note" | "warning", ...}`; progress once a second. */
function jsonLines(output: ProgressStream, now: () => number, interval = 1000): Progress {
  let stretch: Stretch | undefined
  let printed = Number.NEGATIVE_INFINITY
  let latest: ProgressValues = {}
  const print = (event: object) => output.write(`${stringifyJson(event)}\n`)
  return {
    begin(title, total, unit = 'steps') {
      stretch = startStretch(title, total, unit, now())
      printed = Number.NEGATIVE_INFINITY
      latest = {}
      print({ event: 'begin', title, total, unit })
    },
    update(done, values = latest) {
      latest = values
      if (!stretch) return
      stretch.advance(done, now())
      if (now() - printed < interval && done < stretch.total) return
      printed = now()
      const { title, total, rate } = stretch
      print({ event: 'progress', title, done, total, rate, secondsLeft: secondsLeft(stretch), values })
    },
    end(values = latest) {
      if (!stretch) return
      print({ event: 'end', title: stretch.title, seconds: (now() - stretch.startedAt) / 1000, values })
      stretch = undefined
    },
    note: (text) => print({ event: 'note', text }),
    warn: (text) => print({ event: 'warning', text }),
  }
}
