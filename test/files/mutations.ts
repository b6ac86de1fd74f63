import fc from 'fast-check'

/** Damage to a file: bytes changed, a piece cut out, a piece put in, the end lost. */
export function mutationsOf(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const position = fc.nat(original.length - 1)
  const changed = fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
    const result = original.slice()
    for (const [at, value] of changes) result[at] = value
    return result
  })
  const cut = fc
    .tuple(position, fc.nat(64))
    .map(([at, length]) => joined(original.slice(0, at), original.slice(at + length)))
  const inserted = fc
    .tuple(position, fc.uint8Array({ minLength: 1, maxLength: 16 }))
    .map(([at, piece]) => joined(original.slice(0, at), piece, original.slice(at)))
  const truncated = position.map((length) => original.slice(0, length))
  return fc.oneof({ weight: 4, arbitrary: changed }, cut, inserted, truncated)
}

function joined(...pieces: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces))
}
