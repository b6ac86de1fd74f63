import { crc32 } from '../../../files/checksum.ts'
import { defineLayout } from '../../../skeleton/layout.ts'
import { registerLayout } from '../../../skeleton/layouts/index.ts'

/** A joint of a tree; the parent of the root is -1, a parent stands before its children. */
export interface TreeJoint {
  readonly name: string
  readonly parent: number
}

/**
 * Registers a layout with the joints and bones of a skeleton that a file describes. Joints whose names begin with l or left
 * mirror those of the same name with r or right.
 *
 * @param format begins the name of the layout, which is the same for the same joints
 * @returns the name of the layout
 */
export function layoutOfTree(format: string, tree: readonly TreeJoint[]): string {
  const joints = tree.map((joint) => joint.name)
  const description = JSON.stringify(tree.map(({ name, parent }) => [name, parent]))
  const digest = crc32(new TextEncoder().encode(description)).toString(16).padStart(8, '0')
  const name = `${format}-${tree.length}-${digest}`
  const plain = joints.map((joint) => joint.toLowerCase())
  const mirrored = plain.flatMap((joint, left): [number, number][] => {
    const other = joint.startsWith('left')
      ? `right${joint.slice(4)}`
      : joint.startsWith('l')
        ? `r${joint.slice(1)}`
        : joint
    const right = plain.indexOf(other)
    return right >= 0 && right !== left ? [[left, right]] : []
  })
  registerLayout(
    defineLayout({
      name,
      dimensions: 3,
      joints,
      centre: 0,
      inward: tree.flatMap(({ parent }, child): [number, number][] => (parent < 0 ? [] : [[child, parent]])),
      mirrored,
    }),
  )
  return name
}
