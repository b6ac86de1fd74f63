import { OssatureError } from '../errors.ts'
import { predictions, type Scores } from '../evaluate/scores/scores.ts'

/**
 * The share of clips, in [0, 1], whose predicted class an attack changed, right or wrong.
 * @throws OssatureError when the scores are not of the same clips, or of none
 */
export function foolingRate(clean: Scores, attacked: Scores): number {
  if (clean.samples !== attacked.samples || clean.classes !== attacked.classes || clean.samples === 0)
    throw new OssatureError('a fooling rate compares scores of the same clips', {
      expected: `${clean.samples} samples (1 or more) of ${clean.classes} classes`,
      found: `${attacked.samples} of ${attacked.classes}`,
    })
  const before = predictions(clean)
  return predictions(attacked).filter((predicted, i) => predicted !== before[i]).length / clean.samples
}
