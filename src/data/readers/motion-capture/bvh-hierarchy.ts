import { OssatureError } from '../../../errors.ts'
import { finiteNumber } from '../shared/number-table.ts'

/** A joint of a BVH file. Joints stand in the order of the file: a parent before its children. */
export interface BvhJoint {
  readonly name: string
  /** Index of the parent; -1 for the root. */
  readonly parent: number
  /** From the parent, in the units of the file. */
  readonly offset: readonly [number, number, number]
  /** Which numbers of a line move it, in their order: 'Xposition' to 'Zrotation'. */
  readonly channels: readonly BvhChannel[]
}

export type BvhChannel = `${'X' | 'Y' | 'Z'}${'position' | 'rotation'}`

const CHANNEL = /^[XYZ](?:position|rotation)$/

/** Against files that are made to exhaust memory. */
const MOST_JOINTS = 1000

/** The words of a BVH file, one after the other, with their lines. */
export class BvhWords {
  private readonly lines: readonly string[]
  private readonly where: string
  private words: string[] = []
  /** Number of the line of the next word, from 1. */
  private line = 0

  constructor(text: string, where: string) {
    this.lines = text.split('\n')
    this.where = where
  }

  /** For messages. */
  get place(): string {
    return `${this.where}, line ${Math.min(this.line, this.lines.length)}`
  }

  /** The next word, taken. @throws OssatureError at the end */
  next(expected: string): string {
    const word = this.peek()
    if (word === undefined) throw this.unexpected(expected, 'the end of the file')
    this.words.shift()
    return word
  }

  peek(): string | undefined {
    while (this.words.length === 0) {
      if (this.line >= this.lines.length) return undefined
      this.words = this.lines[this.line]
        .trim()
        .split(/\s+/)
        .filter((word) => word !== '')
      this.line += 1
    }
    return this.words[0]
  }

  take(expected: string): void {
    const word = this.next(`'${expected}'`)
    if (word.toLowerCase() !== expected.toLowerCase()) throw this.unexpected(`'${expected}'`, word)
  }

  number(what: string): number {
    return finiteNumber(this.next(what), () => `${this.place}, ${what}`)
  }

  /** What is left of the line, then all lines that follow. */
  rest(): { text: string; firstLine: number } {
    return { text: [this.words.join(' '), ...this.lines.slice(this.line)].join('\n'), firstLine: this.line }
  }

  unexpected(expected: string, found: string): OssatureError {
    return new OssatureError('the BVH file has another form', {
      where: this.place,
      expected,
      found: JSON.stringify(found.slice(0, 40)),
    })
  }
}

/** The part HIERARCHY. End sites are passed over. @throws OssatureError naming the line */
export function readBvhHierarchy(words: BvhWords): BvhJoint[] {
  words.take('HIERARCHY')
  const joints: BvhJoint[] = []
  const open: number[] = []
  words.take('ROOT')
  open.push(readJoint(words, joints, -1))
  while (open.length > 0) {
    const word = words.next("'JOINT', 'End' or '}'")
    if (word === '}') open.pop()
    else if (word.toUpperCase() === 'JOINT') open.push(readJoint(words, joints, open[open.length - 1]))
    else if (word.toLowerCase() === 'end') readEndSite(words)
    else throw words.unexpected("'JOINT', 'End' or '}'", word)
  }
  return joints
}

function readJoint(words: BvhWords, joints: BvhJoint[], parent: number): number {
  const name = words.next('the name of a joint')
  if (joints.some((joint) => joint.name === name)) throw words.unexpected('a name of its own', name)
  if (joints.length === MOST_JOINTS) throw words.unexpected(`at most ${MOST_JOINTS} joints`, name)
  words.take('{')
  const offset = readOffset(words)
  words.take('CHANNELS')
  const count = words.number('the number of channels')
  if (!Number.isInteger(count) || count < 0 || count > 6) throw words.unexpected('0 to 6 channels', `${count}`)
  const channels: BvhChannel[] = []
  for (let i = 0; i < count; i++) {
    const channel = words.next('a channel')
    if (!CHANNEL.test(channel) || channels.includes(channel as BvhChannel)) {
      throw words.unexpected('Xposition to Zrotation, each once', channel)
    }
    channels.push(channel as BvhChannel)
  }
  joints.push({ name, parent, offset, channels })
  return joints.length - 1
}

function readEndSite(words: BvhWords): void {
  words.take('Site')
  words.take('{')
  readOffset(words)
  words.take('}')
}

function readOffset(words: BvhWords): [number, number, number] {
  words.take('OFFSET')
  return [words.number('offset x'), words.number('offset y'), words.number('offset z')]
}
