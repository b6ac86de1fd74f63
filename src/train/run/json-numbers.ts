/** What a JSON text can hold, and the numbers that it cannot: NaN and the infinities. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

const SPECIAL: Record<string, number> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity }

/**
 * `JSON.stringify` that keeps NaN and the infinities (a diverged loss) as the texts "NaN", "Infinity" and "-Infinity";
 * JSON itself would turn them into null. Keys whose value is undefined are left out.
 */
export function stringifyJson(value: object): string {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'number' && !Number.isFinite(item) ? String(item) : item,
  )
}

/** The inverse of `stringifyJson`. @throws SyntaxError */
export function parseJson(text: string): JsonValue {
  return JSON.parse(text, (_key, item) =>
    typeof item === 'string' && Object.hasOwn(SPECIAL, item) ? SPECIAL[item] : item,
  )
}
