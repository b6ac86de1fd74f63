import type { OptionRow } from '../systems/options.ts'

/** An option in lines for people: name, type and default, then its sentence. */
export function optionLines({ name, type, default: fallback, required, description }: OptionRow): string[] {
  const otherwise = required
    ? ', must be given'
    : fallback === undefined
      ? ''
      : `, default ${optionValueText(fallback)}`
  return [`  ${name}: ${type}${otherwise}`, `      ${description}`]
}

/** A value as `--set` takes it. */
export function optionValueText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
