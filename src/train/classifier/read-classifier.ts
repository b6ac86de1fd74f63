import { recipeDefect } from '../../augment/samples/index.ts'
import { OssatureError } from '../../errors.ts'
import type { Layout } from '../../skeleton/layout.ts'
import { layoutByName } from '../../skeleton/layouts/index.ts'
import { layoutFromStored } from '../../skeleton/stored-layout.ts'
import { type OnnxModel, readOnnx } from '../../tensor/index.ts'
import { type ClassifierFacts, METADATA } from './export-classifier.ts'

/**
 * What an exported classifier says of itself: system, layout, classes and how clips are prepared.
 * @param where names the file in errors
 * @throws OssatureError when the bytes are no ONNX model, or one that was not written by `exportClassifier`
 */
export function readClassifierFacts(bytes: Uint8Array, where = 'model'): ClassifierFacts {
  return factsOf(readOnnx(bytes, where))
}

/** @throws OssatureError when the model was not written by `exportClassifier` */
export function factsOf({ metadata, producer }: OnnxModel): ClassifierFacts {
  const format = metadata.get(METADATA.format)
  if (format !== '1') {
    throw new OssatureError('this model is not a classifier of ossature', {
      expected: `${METADATA.format} 1 in its metadata`,
      found: format === undefined ? `a model of ${producer || 'an unknown program'} without it` : `version ${format}`,
      hint: 'Take the model.onnx from the folder of a run.',
    })
  }
  let facts: unknown
  try {
    facts = JSON.parse(metadata.get(METADATA.facts) ?? '')
  } catch {
    throw unreadable('text that is no JSON')
  }
  if (!isRecord(facts)) throw unreadable(typeof facts)
  const { system, layout, ownLayout, classes, recipe } = facts
  if (typeof system !== 'string' || typeof layout !== 'string') throw unreadable('no system or no layout')
  if (!Array.isArray(classes) || classes.some((name) => typeof name !== 'string'))
    throw unreadable('no list of classes')
  if (!isRecord(recipe)) throw unreadable('no recipe')
  const defect = recipeDefect(recipe)
  if (defect) throw unreadable(defect)
  if (ownLayout === undefined) return facts as unknown as ClassifierFacts
  const own = layoutFromStored(ownLayout, METADATA.facts)
  if (own.name !== layout) throw unreadable(`layout ${own.name} as the description of layout ${layout}`)
  return { ...facts, ownLayout: own } as unknown as ClassifierFacts
}

/**
 * The skeleton layout that an exported classifier was trained on: its own, or the published one of that name.
 * @throws OssatureError when it has none of its own and none is known by the name
 */
export function layoutOfClassifier({ layout, ownLayout }: Pick<ClassifierFacts, 'layout' | 'ownLayout'>): Layout {
  return ownLayout ?? layoutByName(layout)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unreadable(found: string): OssatureError {
  return new OssatureError('the facts about this classifier cannot be read', {
    where: METADATA.facts,
    expected: 'system, layout, classes and recipe as JSON',
    found,
  })
}
