import { type ClipMeta, ORIGINS } from '../clip.ts'
import type { Dataset } from '../dataset.ts'
import { GENERAL_SPLITS } from './by-name.ts'
import { fittingProtocols } from './divide-by-protocol.ts'

/** A way in which a data set can be divided. */
export interface AvailableSplit {
  /** As `divideByName` takes it; what is in capitals is to be filled in. */
  readonly name: string
  readonly description: string
  /**
   * `own`: came with the data. `published`: a protocol for these data. `elsewhere`: a protocol for other data, whose
   * numbers of performers, cameras, ... fit. `general`: for any data.
   */
  readonly kind: 'own' | 'published' | 'elsewhere' | 'general'
}

/** Every way in which these clips can be divided, those that were made for them first. */
export function availableSplits(dataset: Dataset): AvailableSplit[] {
  const own = Object.entries(dataset.splits ?? {}).map(([name, { train, test }]): AvailableSplit => {
    return { name, kind: 'own', description: `came with the data: ${train.length} train, ${test.length} test` }
  })
  const protocols = fittingProtocols(dataset).map(({ meant, ...protocol }): AvailableSplit => {
    return { ...protocol, kind: meant ? 'published' : 'elsewhere' }
  })
  const kinds = ['published', 'elsewhere'] as const
  return [
    ...own,
    ...kinds.flatMap((kind) => protocols.filter((split) => split.kind === kind)),
    ...generalSplits(dataset),
  ]
}

function generalSplits(dataset: Dataset): AvailableSplit[] {
  const byOrigin = ORIGINS.flatMap((field): AvailableSplit[] => {
    const values = sharedValues(dataset, field)
    if (values.length < 2) return []
    const titles = titlesOf(values, field, dataset)
    const named = titles.length > 12 ? [...titles.slice(0, 11), '...', titles.at(-1)] : titles
    return [
      {
        name: `leave-out:${field}=${field.toUpperCase()}`,
        kind: 'general',
        description: `the clips of one ${field} test: ${named.join(', ')}`,
      },
      {
        name: `folds:${field}:FOLD/FOLDS`,
        kind: 'general',
        description: `folds of whole ${field}s, 2 to ${values.length} of them; ${field === 'performer' ? 'nobody' : 'none'} is in both parts`,
      },
    ]
  })
  const anyway = Object.entries(GENERAL_SPLITS)
    .filter(([name]) => !name.includes('FIELD'))
    .map(([name, description]): AvailableSplit => ({ name, kind: 'general', description }))
  return [...byOrigin, ...anyway]
}

/** Names of performers where they have some, else the numbers. */
function titlesOf(values: readonly number[], field: keyof ClipMeta, { performers }: Dataset): (string | number)[] {
  return values.map((value) => (field === 'performer' || field === 'partner' ? (performers?.[value] ?? value) : value))
}

/** The values of a field that every clip has. */
function sharedValues({ entries }: Dataset, field: keyof ClipMeta): number[] {
  const values = entries.flatMap(({ meta }) => meta[field] ?? [])
  return values.length === entries.length ? [...new Set(values)].sort((a, b) => a - b) : []
}
