import { z } from 'zod'
import { OssatureError, shortList } from '../../../errors.ts'
import { decodeText } from '../../../files/decode-text.ts'
import { baseName } from '../../../files/file-name.ts'
import type { NamedFile } from '../../../files/named-file.ts'
import type { Points } from '../../../skeleton/points.ts'
import { type Precision, rounder } from '../../../skeleton/precision.ts'
import type { Clip } from '../../clip.ts'
import type { Dataset } from '../../dataset.ts'
import { defineReader, type OnDamaged } from '../reader.ts'
import { datasetOfSources } from '../shared/clip-sources.ts'
import { checkRoom } from '../shared/detected-poses.ts'
import { checkFinite } from '../shared/pose-array.ts'
import { MOST_SLOTS, NTU_BODY_RULES, type NtuBodyRule } from './actors.ts'
import { ntuClasses, parseNtuName } from './classes.ts'
import { NTU_MISSING_SKELETONS } from './missing-skeletons.ts'
import { BODY_SIZE, parseSkeletonText } from './skeleton-text.ts'

const SUFFIX = '.skeleton'

/** A list of names as the data set's authors publish it, beside the recordings. */
const LIST_NAME = /missing_skeletons?[^/]*\.txt$/i

export interface NtuSkeletonOptions {
  /** Which published rule makes one or two persons of the bodies; see `NTU_BODY_RULES`. Default `pyskl`. */
  readonly bodies?: NtuBodyRule
  /** Format that coordinates are rounded to. Default float16 for `pyskl`, whose files hold it, else float32. */
  readonly stored?: Precision
  /** Names of recordings that are left out. Default: the published ones with missing skeletons. */
  readonly missing?: ReadonlySet<string>
}

/**
 * NTU RGB+D 60 and 120 (Shahroudy, Liu, Ng, Wang: NTU RGB+D: A Large Scale Dataset for 3D Human Activity Analysis, CVPR
 * 2016; Liu et al., TPAMI 2020): one text `SsssCcccPpppRrrrAaaa.skeleton` (setup, camera, performer, repetition, action)
 * per clip, 25 joints of Kinect v2 in metres. A list `..._missing_skeletons.txt` beside them is applied as well.
 */
export const ntuSkeleton = defineReader({
  name: 'ntu',
  description: 'NTU RGB+D: files SsssCcccPpppRrrrAaaa.skeleton, in a folder or zip archive',
  options: z.object({
    bodies: z
      .enum(Object.keys(NTU_BODY_RULES) as [NtuBodyRule, ...NtuBodyRule[]])
      .default('pyskl')
      .describe('whose published rule makes one or two persons of the tracked bodies'),
    stored: z
      .enum(['float16', 'float32'])
      .optional()
      .describe('format that coordinates are rounded to; by default float16 for pyskl, whose files hold it'),
    missing: z
      .enum(['leave-out', 'keep'])
      .default('leave-out')
      .describe('what happens to the recordings that the authors list as having missing skeletons'),
  }),
  recognises: (files) => files.some(({ name }) => name.endsWith(SUFFIX)),
  read(files, where, options, onDamaged) {
    const { missing = 'leave-out', ...rest } = options ?? {}
    return readNtuSkeletons(files, where, { ...rest, ...(missing === 'keep' && { missing: new Set() }) }, onDamaged)
  },
})

/** Reads `.skeleton` files. @throws OssatureError naming file, line, frame and joint */
export function readNtuSkeletons(
  files: readonly NamedFile[],
  where: string,
  options: NtuSkeletonOptions = {},
  onDamaged?: OnDamaged,
): Dataset {
  const { bodies = 'pyskl', missing = NTU_MISSING_SKELETONS } = options
  const stored = options.stored ?? (bodies === 'pyskl' ? 'float16' : 'float32')
  const listed = new Set([...missing, ...files.filter(({ name }) => LIST_NAME.test(name)).flatMap(readList)])
  const recordings = files
    .filter(({ name }) => name.endsWith(SUFFIX))
    .map((file) => ({ file, id: baseName(file.name).slice(0, -SUFFIX.length) }))
  const used = recordings.filter(({ id }) => !listed.has(id))
  const heads = used.map(({ file, id }) => ({ file, id, ...headOf(id, file.where) }))
  const sources = heads.map(({ file, id, label, meta }) => ({
    where: file.where,
    read: (): Clip => {
      const points = readSkeletonPoints(file.bytes(), file.where, { bodies, stored })
      return { id, label, layout: 'nturgb+d', points, meta }
    },
  }))
  const classes = ntuClasses(heads.map(({ label }) => label))
  const leftOut = recordings.filter(({ id }) => listed.has(id)).map(({ id }) => id)
  const dataset = datasetOfSources('ntu', classes, sources, where, { onDamaged })
  if (leftOut.length === 0) return dataset
  return {
    ...dataset,
    notes: [`${leftOut.length} recordings listed as missing skeletons were left out: ${shortList(leftOut, 3)}.`],
  }
}

/**
 * The persons (M, T, 25, 3) of one `.skeleton` text.
 * @throws OssatureError naming the line, or when no frame has a body
 */
export function readSkeletonPoints(
  bytes: Uint8Array,
  where: string,
  { bodies, stored }: { readonly bodies: NtuBodyRule; readonly stored: Precision },
): Points {
  const text = parseSkeletonText(bytes, where)
  // Some rules keep frames without bodies, which take two bytes of text.
  checkRoom(MOST_SLOTS * text.counts.length * BODY_SIZE, bytes.length, where)
  const points = NTU_BODY_RULES[bodies](text)
  if (!points) {
    throw new OssatureError('the recording has no body in any frame', {
      where,
      hint: 'Remove the file, or list its name in a file missing_skeletons.txt beside it.',
    })
  }
  if (stored !== 'float16') return points
  const round = rounder(stored)
  for (let i = 0; i < points.data.length; i++) points.data[i] = round(points.data[i])
  checkFinite(points.data, points, where)
  return points
}

function headOf(id: string, where: string) {
  const head = parseNtuName(id)
  if (head) return head
  throw new OssatureError('the file name is not one of NTU RGB+D', {
    where,
    expected: 'SsssCcccPpppRrrrAaaa.skeleton with actions 001 to 120',
  })
}

function readList(file: NamedFile): string[] {
  const words = decodeText(file.bytes(), file.where).split(/\s+/)
  return words.filter((name) => parseNtuName(name) !== undefined)
}
