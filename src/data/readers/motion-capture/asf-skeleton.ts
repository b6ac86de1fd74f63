import { OssatureError } from '../../../errors.ts'
import { decodeText } from '../../../files/decode-text.ts'
import { finiteNumber } from '../shared/number-table.ts'
import { inverseRotation, type Rotation, rotationZYX } from './euler-rotation.ts'

/** A bone of an Acclaim skeleton; the root is a bone of length 0. */
export interface AsfBone {
  readonly name: string
  /** Index of the parent; -1 for the root. Parents stand before their children. */
  readonly parent: number
  /** From the end of the parent to the end of the bone, in metres, in the coordinates of the skeleton at rest. */
  readonly offset: readonly [number, number, number]
  /** What the numbers of a motion mean, in their order: 'tx' to 'rz'. */
  readonly freedoms: readonly string[]
  /** From the bone's own axes to those of the skeleton, and back. */
  readonly axes: Rotation
  readonly inverseAxes: Rotation
}

export interface AsfSkeleton {
  readonly bones: readonly AsfBone[]
  /** Metres per unit of the file. */
  readonly unit: number
  readonly radians: boolean
}

const METRES_PER_INCH = 0.0254

/** Against files that are made to exhaust time and memory. */
const MOST_BONES = 1000

const SECTIONS = ['version', 'name', 'units', 'documentation', 'root', 'bonedata', 'hierarchy']

interface Line {
  readonly words: readonly string[]
  readonly where: string
}

interface Draft {
  readonly where: string
  name: string
  direction: number[]
  length: number
  axis: number[]
  freedoms: string[]
}

/**
 * Reads an Acclaim skeleton file (.asf). Lengths are inches divided by the unit `length`, as in the CMU Graphics Lab Motion
 * Capture Database: metres = value / length * 0.0254.
 *
 * @throws OssatureError naming the line
 */
export function readAsf(bytes: Uint8Array, where: string): AsfSkeleton {
  const sections = sectionsOf(decodeText(bytes, where), where)
  const units = new Map(sections.units.map(({ words, where }) => [words[0], { value: words[1] ?? '', where }]))
  const length = units.get('length')
  const perInch = length ? finiteNumber(length.value, () => length.where) : 1
  if (!(perInch > 0)) throw new OssatureError('the unit of length must be above 0', { where: length?.where })
  const unit = METRES_PER_INCH / perInch
  const radians = units.get('angle')?.value.startsWith('rad') ?? false
  const drafts = [rootOf(sections.root, where), ...bonesOf(sections.bonedata)]
  const parents = parentsOf(sections.hierarchy, drafts, where)
  const order = parentsFirst(parents)
  const degrees = radians ? 180 / Math.PI : 1
  const bones = order.map((at): AsfBone => {
    const { name, direction, length, axis, freedoms } = drafts[at]
    const axes = rotationZYX(axis[0] * degrees, axis[1] * degrees, axis[2] * degrees)
    const [x, y, z] = direction.map((part) => part * length * unit)
    return {
      name,
      parent: order.indexOf(parents[at]),
      offset: [x, y, z],
      freedoms,
      axes,
      inverseAxes: inverseRotation(axes),
    }
  })
  return { bones, unit, radians }
}

function sectionsOf(text: string, where: string): Record<string, Line[]> {
  const sections: Record<string, Line[]> = Object.fromEntries(SECTIONS.map((name) => [name, []]))
  let current: Line[] | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim()
    if (line === '') continue
    const place = `${where}, line ${index + 1}`
    if (line.startsWith(':')) {
      const name = line.slice(1).split(/\s+/)[0].toLowerCase()
      current = Object.hasOwn(sections, name) ? sections[name] : []
    } else if (current) current.push({ words: line.replace(/[()]/g, ' ').trim().split(/\s+/), where: place })
    else throw new OssatureError('the ASF file has another form', { where: place, expected: 'a section, :version' })
  }
  return sections
}

function rootOf(lines: readonly Line[], where: string): Draft {
  const root: Draft = { where, name: 'root', direction: [0, 0, 0], length: 0, axis: [0, 0, 0], freedoms: [] }
  for (const { words, where } of lines) {
    if (words[0] === 'order') root.freedoms = checkedFreedoms(words.slice(1), where)
    else if (words[0] === 'axis') checkAxisOrder(words[1], where)
    else if (words[0] === 'orientation') root.axis = numbers(words.slice(1, 4), 3, where)
  }
  if (root.freedoms.length === 0) throw new OssatureError('the root has no order of its numbers', { where })
  return root
}

function bonesOf(lines: readonly Line[]): Draft[] {
  const bones: Draft[] = []
  let bone: Draft | undefined
  for (const { words, where } of lines) {
    const [key, ...values] = words
    if (key === 'begin') bone = { where, name: '', direction: [], length: Number.NaN, axis: [0, 0, 0], freedoms: [] }
    else if (!bone) throw new OssatureError('the ASF file has another form', { where, expected: 'begin', found: key })
    else if (key === 'name') bone.name = values[0] ?? ''
    else if (key === 'direction') bone.direction = numbers(values, 3, where)
    else if (key === 'length') bone.length = numbers(values, 1, where)[0]
    else if (key === 'dof') bone.freedoms = checkedFreedoms(values, where)
    else if (key === 'axis') {
      bone.axis = numbers(values.slice(0, 3), 3, where)
      checkAxisOrder(values[3], where)
    } else if (key === 'end') {
      const { name, direction, length } = bone
      if (name === '' || direction.length !== 3 || Number.isNaN(length) || bones.some((other) => other.name === name)) {
        const expected = 'a name of its own, a direction and a length'
        throw new OssatureError('a bone is incomplete', { where: bone.where, expected, found: name || 'no name' })
      }
      if (bones.length === MOST_BONES) {
        throw new OssatureError('the skeleton has too many bones', {
          where: bone.where,
          expected: `at most ${MOST_BONES}`,
        })
      }
      bones.push(bone)
      bone = undefined
    }
  }
  if (bone) throw new OssatureError('a bone has no end', { where: bone.where })
  return bones
}

function parentsOf(lines: readonly Line[], bones: readonly Draft[], where: string): number[] {
  const indices = new Map(bones.map(({ name }, index) => [name, index]))
  const parents = new Array<number>(bones.length).fill(-1)
  const at = (name: string, place: string): number => {
    const index = indices.get(name)
    if (index === undefined) throw new OssatureError('there is no such bone', { where: place, found: name })
    return index
  }
  for (const { words, where } of lines) {
    if (words[0] === 'begin' || words[0] === 'end') continue
    const parent = at(words[0], where)
    for (const name of words.slice(1)) {
      const child = at(name, where)
      if (child === 0 || parents[child] >= 0) {
        throw new OssatureError('a bone has two parents', { where, found: name })
      }
      parents[child] = parent
    }
  }
  const loose = parents.findIndex((parent, index) => index > 0 && parent < 0)
  if (loose > 0) throw new OssatureError('a bone has no parent', { where, found: bones[loose].name })
  return parents
}

/** Indices, breadth first from the root: a parent before its children. Bones in a circle are not reached. */
function parentsFirst(parents: readonly number[]): number[] {
  const children = parents.map((): number[] => [])
  for (const [child, parent] of parents.entries()) if (parent >= 0) children[parent].push(child)
  const order = [0]
  for (let i = 0; i < order.length; i++) order.push(...children[order[i]])
  if (order.length === parents.length) return order
  throw new OssatureError('the bones form a circle', { expected: `${parents.length} bones below the root` })
}

function numbers(words: readonly string[], count: number, where: string): number[] {
  if (words.length !== count) {
    throw new OssatureError('a line is incomplete', { where, expected: `${count} numbers`, found: `${words.length}` })
  }
  return words.map((word) => finiteNumber(word, () => where))
}

function checkedFreedoms(words: readonly string[], where: string): string[] {
  const freedoms = words.map((word) => word.toLowerCase())
  const wrong = freedoms.find((word, i) => !/^[tr][xyz]$/.test(word) || freedoms.indexOf(word) !== i)
  if (wrong === undefined) return freedoms
  throw new OssatureError('unknown degree of freedom', { where, expected: 'tx to rz, each once', found: wrong })
}

function checkAxisOrder(order: string | undefined, where: string): void {
  if (order === undefined || order.toUpperCase() === 'XYZ') return
  throw new OssatureError('this order of axes is not supported', { where, expected: 'XYZ', found: order })
}
