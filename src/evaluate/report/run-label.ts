import { escapeHtml } from '../drawing/escape.ts'
import type { ReportRun } from './report-data.ts'
import { appearance, symbolMark } from './series.ts'

/** A run's name behind the mark that stands for it in every chart. */
export function runLabel(run: ReportRun, index: number): string {
  return `<span class="run"><svg class="mark" viewBox="-5 -5 10 10" aria-hidden="true">${symbolMark(appearance(index), 0, 0)}</svg>${escapeHtml(run.name)}</span>`
}
