/**
 * Where a number of an array (M, T, V, numbers per joint) stands, for messages: `person 0, frame 3, joint 7`.
 * @param at index in the array
 */
export function pointPlace(
  at: number,
  { frames, joints, perJoint }: { readonly frames: number; readonly joints: number; readonly perJoint: number },
): string {
  const joint = Math.floor(at / perJoint)
  const pose = Math.floor(joint / joints)
  return `person ${Math.floor(pose / frames)}, frame ${pose % frames}, joint ${joint % joints}`
}
