/** Joints that belong to a part by their names, without `left` or `right`. */
const HEAD = /^(head|top of head|nose|mouth|face|eye|ear|eyebrow)\b/
const TORSO =
  /^(base of spine|middle of spine|spine at shoulders|lower neck|neck|chest|torso|belly|lower back|middle of hips)$/
const HAND = /^(hand root|(thumb|(index|middle|ring|little) finger) \d)$/
const ARM = /^(clavicle|shoulder|elbow|wrist|hand|thumb|(index|middle|ring|little) finger)\b/
const LEG = /^(hip|knee|ankle|foot|heel|toes|big toe|small toe)\b/
const PELVIS = /^(base of spine|middle of hips)$/

/**
 * The parts of a body by the names of its joints: head, torso, and the arm, the hand (where its fingers are known) and
 * the leg of each side; parts without joints are left out. Undefined when a name says nothing.
 */
export function partsOfBody(joints: readonly string[]): Record<string, number[]> | undefined {
  const parts: Record<string, number[]> = {}
  for (const [joint, name] of joints.entries()) {
    const part = partOf(name)
    if (part === undefined) return undefined
    parts[part] ??= []
    parts[part].push(joint)
  }
  return parts
}

/** `lower`: hips, legs and the base of the spine; `upper`: the rest. */
export function halvesOfBody(joints: readonly string[]): { upper: number[]; lower: number[] } {
  const isLower = (name: string) => partOf(name)?.endsWith('leg') || PELVIS.test(name)
  const indices = joints.map((_, joint) => joint)
  return {
    upper: indices.filter((joint) => !isLower(joints[joint])),
    lower: indices.filter((joint) => isLower(joints[joint])),
  }
}

/** (left, right) of joints whose names differ in these words only. */
export function mirroredByName(joints: readonly string[]): [number, number][] {
  return joints.flatMap((name, left): [number, number][] => {
    const right = name.startsWith('left ') ? joints.indexOf(`right ${name.slice(5)}`) : -1
    return right < 0 ? [] : [[left, right]]
  })
}

function partOf(name: string): string | undefined {
  const [, side, rest] = /^(left |right )?(.*)$/.exec(name) as RegExpExecArray
  if (HEAD.test(rest)) return 'head'
  if (TORSO.test(name)) return 'torso'
  if (side === undefined) return undefined
  if (HAND.test(rest)) return `${side}hand`
  if (ARM.test(rest)) return `${side}arm`
  return LEG.test(rest) ? `${side}leg` : undefined
}
