/** The actions of NTU RGB+D (1 to 60) and NTU RGB+D 120 (1 to 120) in order, after the list of the data set's authors. */
export const NTU_CLASSES: readonly string[] = `
drink water|eat meal/snack|brushing teeth|brushing hair|drop|pickup|throw|sitting down|standing up|clapping
reading|writing|tear up paper|wear jacket|take off jacket|wear a shoe|take off a shoe|wear on glasses|take off glasses
put on a hat/cap|take off a hat/cap|cheer up|hand waving|kicking something|reach into pocket|hopping|jump up
make a phone call|playing with phone/tablet|typing on a keyboard|pointing to something with finger|taking a selfie
check time (from watch)|rub two hands together|nod head/bow|shake head|wipe face|salute|put the palms together
cross hands in front (say stop)|sneeze/cough|staggering|falling|touch head (headache)|touch chest (stomachache)
touch back (backache)|touch neck (neckache)|nausea or vomiting condition|use a fan/feeling warm
punching/slapping other person|kicking other person|pushing other person|pat on back of other person
point finger at the other person|hugging other person|giving something to other person|touch other person's pocket
handshaking|walking towards each other|walking apart from each other|put on headphone|take off headphone
shoot at the basket|bounce ball|tennis bat swing|juggling table tennis balls|hush|flick hair|thumb up|thumb down
make ok sign|make victory sign|staple book|counting money|cutting nails|cutting paper|snapping fingers|open bottle
sniff|squat down|toss a coin|fold paper|ball up paper|play magic cube|apply cream on face|apply cream on hand back
put on bag|take off bag|put something into a bag|take something out of a bag|open a box|move heavy objects|shake fist
throw up cap/hat|hands up (both hands)|cross arms|arm circles|arm swings|running on the spot|butt kicks
cross toe touch|side kick|yawn|stretch oneself|blow nose|hit other person with something
wield knife towards other person|knock over other person|grab other person's stuff|shoot at other person with a gun
step on foot|high-five|cheers and drink|carry something with other person|take a photo of other person
follow other person|whisper in other person's ear|exchange things with other person|support somebody with hand
finger-guessing game
`
  .trim()
  .split(/[|\n]/)

const NAME = /^S(\d{3})C(\d{3})P(\d{3})R(\d{3})A(\d{3})$/

/** What a name `SsssCcccPpppRrrrAaaa` says; undefined for any other name or an action that does not exist. */
export function parseNtuName(name: string) {
  const match = NAME.exec(name)
  if (!match) return undefined
  const [setup, camera, performer, repetition, action] = match.slice(1).map(Number)
  if (action < 1 || action > NTU_CLASSES.length) return undefined
  return { label: action - 1, meta: { setup, camera, performer, repetition } }
}

/** The 60 classes of NTU RGB+D, or all 120 when a label is among the later ones. */
export function ntuClasses(labels: Iterable<number>): readonly string[] {
  let most = 0
  for (const label of labels) most = Math.max(most, label)
  return most < 60 ? NTU_CLASSES.slice(0, 60) : NTU_CLASSES
}
