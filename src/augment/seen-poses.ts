import type { Clip } from '../data/clip.ts'
import type { Dataset } from '../data/dataset.ts'
import { OssatureError } from '../errors.ts'
import { type PersonOrder, topPersons } from '../skeleton/persons.ts'
import type { Points } from '../skeleton/points.ts'
import { concatenateChannels } from '../skeleton/streams.ts'

/** What of a recorded clip is seen at all. */
export interface PoseChoice {
  /** Persons of a clip at most, where `personChoice` says who comes first. */
  readonly persons?: number
  /** Who is seen where a clip has more persons: by default those that the data name first. */
  readonly personChoice?: PersonOrder
  /** Scores of poses in an image are a third channel. */
  readonly scores?: boolean
}

/**
 * The poses of a clip that a network sees, with their scores where it sees those. A clip without scores has 1 for joints
 * that are not at 0.
 * @throws OssatureError for an order by scores without scores, and for scores of other than two coordinates
 */
export function seenPoses(clip: Pick<Clip, 'points' | 'score'>, choice: PoseChoice): Points {
  const { persons = clip.points.persons, personChoice = 'given', scores = false } = choice
  const { points, score } = personChoice === 'given' ? clip : topPersons(clip, persons, personChoice)
  if (!scores) return points
  if (points.channels !== 2) {
    throw new OssatureError('scores belong to poses in an image', {
      expected: '2 coordinates',
      found: `${points.channels}`,
    })
  }
  const third = { ...points, channels: 1, data: score ?? presence(points) }
  return concatenateChannels([points, third]) as Points
}

/** The data set as a network sees it: `seenPoses` of every clip. */
export function withSeenPoses(dataset: Dataset, choice: PoseChoice): Dataset {
  const { persons = Number.POSITIVE_INFINITY, personChoice = 'given', scores = false } = choice
  if (personChoice === 'given' && !scores) return dataset
  const most = personChoice === 'given' ? Number.POSITIVE_INFINITY : persons
  return {
    ...dataset,
    channels: dataset.channels + (scores ? 1 : 0),
    entries: dataset.entries.map((entry) => ({ ...entry, persons: Math.min(entry.persons, most) })),
    clip(index) {
      const { score, ...clip } = dataset.clip(index)
      return { ...clip, points: seenPoses({ ...clip, score }, choice) }
    },
  }
}

function presence({ data, channels }: Points): Float32Array {
  return Float32Array.from({ length: data.length / channels }, (_, joint) =>
    data.subarray(joint * channels, (joint + 1) * channels).some((value) => value !== 0) ? 1 : 0,
  )
}
