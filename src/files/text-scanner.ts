import { OssatureError } from '../errors.ts'

/**
 * Reads the small part of JSON that a safetensors header may contain: objects, strings, lists of natural numbers.
 * Unlike JSON.parse it shows every key (so that doubled keys can be refused) and builds nothing that was not asked for.
 */
export class TextScanner {
  private position = 0
  private readonly text: string
  private readonly where: string

  constructor(text: string, where: string) {
    this.text = text
    this.where = where
  }

  /** An object; `value` must read the value of each key. */
  object(value: (key: string) => void): void {
    this.take('{')
    if (this.accept('}')) return
    do {
      const key = this.string()
      this.take(':')
      value(key)
    } while (this.accept(','))
    this.take('}')
  }

  string(): string {
    this.skipSpace()
    const start = this.position
    if (this.text[start] !== '"') throw this.unexpected("'\"'")
    let at = start + 1
    while (at < this.text.length && this.text[at] !== '"') at += this.text[at] === '\\' ? 2 : 1
    try {
      const result: string = JSON.parse(this.text.slice(start, at + 1))
      this.position = at + 1
      return result
    } catch {
      throw this.unexpected('a complete string')
    }
  }

  /** A list of at most `most` integers from 0 to 2^53 - 1. */
  naturals(most: number): number[] {
    const result: number[] = []
    this.take('[')
    if (this.accept(']')) return result
    do {
      if (result.length === most) throw this.unexpected(`at most ${most} numbers`)
      result.push(this.natural())
    } while (this.accept(','))
    this.take(']')
    return result
  }

  /** Nothing but spaces is left. */
  end(): void {
    this.skipSpace()
    if (this.position < this.text.length) throw this.unexpected('the end')
  }

  private natural(): number {
    this.skipSpace()
    const digits = /(?:0|[1-9][0-9]{0,15})(?![0-9.eE])/y
    digits.lastIndex = this.position
    const match = digits.exec(this.text)
    if (!match || Number(match[0]) > Number.MAX_SAFE_INTEGER) throw this.unexpected('an integer from 0 to 2^53 - 1')
    this.position = digits.lastIndex
    return Number(match[0])
  }

  private take(mark: string): void {
    if (!this.accept(mark)) throw this.unexpected(`'${mark}'`)
  }

  private accept(mark: string): boolean {
    this.skipSpace()
    if (this.text[this.position] !== mark) return false
    this.position += 1
    return true
  }

  private skipSpace(): void {
    while (' \t\n\r'.includes(this.text[this.position] || '-')) this.position += 1
  }

  private unexpected(expected: string): OssatureError {
    const found = JSON.stringify(this.text.slice(this.position, this.position + 24)) || 'the end'
    return new OssatureError(`unexpected text at character ${this.position}`, {
      where: this.where,
      expected,
      found: this.position < this.text.length ? found : 'the end',
    })
  }
}
