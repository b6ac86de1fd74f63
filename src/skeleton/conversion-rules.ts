/** Joints whose middle stands for a joint. */
export type ConversionRule = readonly string[]

/** Joints in the middle of the body, the better rule first. Sources are derived themselves where a layout lacks them. */
const middleRules: Readonly<Record<string, readonly ConversionRule[]>> = {
  'base of spine': [['middle of hips'], ['left hip', 'right hip']],
  'middle of hips': [['left hip', 'right hip'], ['base of spine']],
  'lower back': [['base of spine', 'middle of spine']],
  'middle of spine': [['torso'], ['belly'], ['base of spine', 'spine at shoulders']],
  torso: [['middle of spine'], ['belly'], ['base of spine', 'spine at shoulders']],
  belly: [['middle of spine'], ['torso'], ['base of spine', 'spine at shoulders']],
  chest: [['middle of spine', 'spine at shoulders']],
  'spine at shoulders': [['left shoulder', 'right shoulder'], ['neck']],
  'lower neck': [['spine at shoulders', 'neck']],
  neck: [['spine at shoulders']],
  head: [['left ear', 'right ear'], ['nose'], ['face']],
  nose: [['face'], ['head']],
  face: [['nose'], ['head']],
  mouth: [
    ['left mouth', 'right mouth'],
    ['nose', 'neck'],
  ],
  wrist: [['hand root']],
  palm: [['wrist', 'index finger 1', 'middle finger 1', 'ring finger 1', 'little finger 1']],
}

/** Joints on either side. */
const sideRules: Readonly<Record<string, readonly ConversionRule[]>> = {
  'eye inner': [['eye']],
  eye: [['eye inner', 'eye outer']],
  'eye outer': [['eye']],
  clavicle: [['spine at shoulders', 'shoulder']],
  wrist: [['hand root'], ['hand base'], ['hand']],
  'hand root': [['wrist']],
  'hand base': [['wrist']],
  hand: [
    ['index finger 1', 'middle finger 1', 'ring finger 1', 'little finger 1'],
    ['index finger', 'little finger'],
    ['wrist'],
  ],
  'hand tip': [['middle finger 4'], ['index finger'], ['hand']],
  thumb: [['thumb 4'], ['hand']],
  'index finger': [['index finger 1'], ['hand tip']],
  'little finger': [['little finger 1'], ['hand tip']],
  ankle: [['foot']],
  foot: [['toes'], ['big toe'], ['ankle']],
  toes: [['big toe', 'small toe'], ['big toe'], ['foot']],
  'big toe': [['toes'], ['foot']],
  'small toe': [['big toe']],
  heel: [['ankle']],
}

const middles = new Set(['spine at shoulders'])

/** For every joint name the rules by which published layouts are converted, the better rule first. */
export const conversionRules: ReadonlyMap<string, readonly ConversionRule[]> = new Map([
  ...Object.entries(middleRules),
  ...(['left', 'right'] as const).flatMap((side) =>
    Object.entries(sideRules).map(([joint, rules]): [string, readonly ConversionRule[]] => [
      `${side} ${joint}`,
      rules.map((rule) => rule.map((source) => (middles.has(source) ? source : `${side} ${source}`))),
    ]),
  ),
])
