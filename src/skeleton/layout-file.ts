import { z } from 'zod'
import { OssatureError } from '../errors.ts'
import { parseJson } from '../files/json.ts'
import { type Layout, units } from './layout.ts'
import { layoutFromNames } from './named-layout.ts'

const joint = z.string().min(1)
const pair = z.tuple([joint, joint])
const group = z.union([joint, z.array(joint).min(1)])
const division = z.record(z.string().min(1), z.array(joint).min(1))

/** What a layout file holds. All joints are given by name. */
export const layoutFileSchema = z.strictObject({
  name: z.string().min(1).describe('Name of the layout; not that of a published one.'),
  source: z.string().optional().describe('Where the order of the joints comes from, for readers of the file.'),
  dimensions: z
    .union([z.literal(2), z.literal(3)])
    .describe('Coordinates of a joint: 2 for poses in images, 3 for poses in space. A score is not counted.'),
  unit: z
    .enum(units)
    .optional()
    .describe(
      'What coordinates count: metre, centimetre, millimetre, pixel, image (shares of width and height), relative. ' +
        'Decides how 2-D poses are normalised.',
    ),
  joints: z
    .array(joint)
    .min(1)
    .describe(
      'Names of the joints in the order of the data. With the names of published layouts, such as "left elbow", ' +
        'left and right, body parts and conversion to other layouts follow from the names.',
    ),
  bones: z
    .record(joint, joint)
    .describe('For every joint the joint that it hangs on, for example {"left wrist": "left elbow"}; not for roots.'),
  roots: z
    .array(joint)
    .min(1)
    .optional()
    .describe('The joints that hang on no other, where there is more than one, for example two hands.'),
  centre: joint.describe('The joint in the middle of the graph.'),
  edges: z
    .array(pair)
    .optional()
    .describe('Edges of the graph as [child, parent], towards the centre, where they are not the bones.'),
  limbs: z.array(pair).optional().describe('Lines that the skeleton is drawn with, where they are not the edges.'),
  mirrored: z
    .array(pair)
    .optional()
    .describe('[left, right] joints that change places in a mirror. Default: "left X" and "right X".'),
  parts: division
    .optional()
    .describe('Named groups of joints that share no joint. Default: head, torso, arms and legs, by the names.'),
  halves: division.optional().describe('A coarser division. Default: upper and lower, by the names.'),
  tips: z.array(joint).optional().describe('Ends of hands or fingers and of feet.'),
  axes: z
    .strictObject({
      origin: group.describe('The joint that becomes the origin; of several, their middle.'),
      up: z.tuple([group, group]).describe('[bottom, top] of the trunk; turned upright.'),
      across: z.tuple([group, group]).describe('[right, left], for example the shoulders; turned to the front.'),
    })
    .optional()
    .describe('What 3-D poses are centred on and turned by. Without it they cannot be normalised so.'),
  motionScore: z
    .enum(['mean', 'difference'])
    .optional()
    .describe('Score of a 2-D motion: the mean of both frames (default) or their difference.'),
})

/**
 * A layout from the text of a layout file (JSON).
 * @param where name of the file for messages
 * @throws OssatureError naming the file, and the field, or the joint that is unknown, hangs on nothing or stands twice
 */
export function parseLayout(text: string | Uint8Array, where = 'the layout'): Layout {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const parsed = layoutFileSchema.safeParse(parseJson(bytes, where))
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]
    throw new OssatureError('the file describes no layout', {
      where: [where, path.join('.')].filter((place) => place !== '').join(', '),
      found: message,
      hint: 'A layout needs name, dimensions, joints, bones and centre.',
    })
  }
  checkBones(parsed.data, where)
  try {
    return layoutFromNames(parsed.data)
  } catch (error) {
    if (!(error instanceof OssatureError)) throw error
    const found = error.message.split('\n').map((line) => line.trim().replace(/\s+/g, ' '))
    throw new OssatureError('the file describes no layout', { where, found: found.join('; ') })
  }
}

/** Bones are checked by name, before they are looked up, so that the message can tell of spelling. */
function checkBones({ joints, bones }: z.infer<typeof layoutFileSchema>, where: string): void {
  for (const [child, parent] of Object.entries(bones)) {
    const unknown = [child, parent].find((name) => !joints.includes(name))
    const itself = child === parent
    if (unknown === undefined && !itself) continue
    throw new OssatureError(itself ? 'a joint hangs on itself' : 'a bone of a joint that the layout does not have', {
      where: `${where}, bones`,
      expected: itself ? 'another joint, or no entry for a root' : `one of ${joints.join(', ')}`,
      found: `${child}: ${parent}`,
    })
  }
}
