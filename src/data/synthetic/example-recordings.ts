import { labelsTable, poseTable } from '../recordings-text.ts'
import { generateSynthetic } from './generate.ts'

const CLASSES = ['wave', 'sit down', 'kick', 'bow']
const PERFORMERS = 5
/** Clips of a class: one by each performer, of whom the last two are the test performers of the generator. */
const CLIPS = { train: 3, test: 2 }

/**
 * Twenty generated clips as somebody's own recordings: texts by file name, a table per clip and `labels.csv`. Four classes,
 * each performed once by each of five performers. Not recordings of people.
 */
export function exampleRecordings(seed: number): ReadonlyMap<string, string> {
  const parts = (['train', 'test'] as const).map((part) =>
    generateSynthetic({
      ...{ classes: CLASSES, clipsPerClass: CLIPS[part], performers: PERFORMERS, part, seed },
      frames: [32, 56],
    }),
  )
  const clips = parts
    .flatMap((part) => part.clips)
    .map((clip) => {
      const performer = clip.meta.performer! + 1
      const id = `${CLASSES[clip.label].replaceAll(' ', '-')}-${performer}`
      return { ...clip, id, meta: { performer, camera: clip.meta.camera! + 1 } }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return new Map([
    ...clips.map((clip): [string, string] => [`${clip.id}.csv`, poseTable(clip)]),
    ['labels.csv', labelsTable(clips, CLASSES, ['performer', 'camera'])],
  ])
}
