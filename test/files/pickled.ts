/** The bytes of text whose characters are below U+0100. */
export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

/** A pickle written by hand, of opcodes as text and of single bytes. */
export function pickled(...pieces: readonly (string | number)[]): Uint8Array {
  const bytes = pieces.map((piece) => (typeof piece === 'number' ? Uint8Array.of(piece) : ascii(piece)))
  return new Uint8Array(Buffer.concat(bytes))
}
