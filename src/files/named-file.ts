/** A file of a folder or of an archive, read when asked for. */
export interface NamedFile {
  /** Path from the folder or the archive's root, with `/`. */
  readonly name: string
  /** Bytes, unpacked. */
  readonly size: number
  /** When it was last changed, in milliseconds since 1970; of an archive's files it is not told. */
  readonly modified?: number
  /** For messages: which file of which archive. */
  readonly where: string
  /** @throws OssatureError when it cannot be read or is damaged */
  bytes(): Uint8Array
}
