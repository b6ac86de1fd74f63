import type { ScoreFile } from '../../src/evaluate/scores/score-file.ts'

/**
 * Scores of clips for three classes. Every clip is written as its label and its prediction, such as `01`: the prediction
 * has the probability `sure`, the other classes share the rest.
 */
export function scoreFile(clips: readonly string[], changes: Partial<ScoreFile> = {}, sure = 0.8): ScoreFile {
  const classes = ['wave', 'sit', 'run']
  const data = Float64Array.from(
    clips.flatMap((clip) => classes.map((_, k) => (k === Number(clip[1]) ? sure : (1 - sure) / 2))),
  )
  return {
    probabilities: { data, samples: clips.length, classes: classes.length },
    labels: Int32Array.from(clips, (clip) => Number(clip[0])),
    ids: clips.map((_, n) => `clip ${n}`),
    classes,
    trainCounts: [120, 50, 5],
    dataset: 'plaza',
    layout: 'ntu-25',
    ...changes,
  }
}
