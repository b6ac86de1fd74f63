import { OssatureError } from '../errors.ts'
import { type OnnxModel, readOnnx } from '../tensor/index.ts'
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
  const { system, layout, classes, recipe } = facts
  if (typeof system !== 'string' || typeof layout !== 'string') throw unreadable('no system or no layout')
  if (!Array.isArray(classes) || classes.some((name) => typeof name !== 'string'))
    throw unreadable('no list of classes')
  if (!isRecord(recipe)) throw unreadable('no recipe')
  checkRecipe(recipe)
  return facts as unknown as ClassifierFacts
}

/** Fields of a recipe by their types. */
const NUMBERS = ['clipLength', 'persons', 'scale', 'rotation', 'flip']
const TEXTS = ['normalize', 'sampling']

function checkRecipe(recipe: Record<string, unknown>): void {
  for (const key of NUMBERS) if (!Number.isFinite(recipe[key])) throw unreadable(`no number ${key} in the recipe`)
  for (const key of TEXTS) if (typeof recipe[key] !== 'string') throw unreadable(`no ${key} in the recipe`)
  const { streams } = recipe
  if (!Array.isArray(streams) || streams.some((name) => typeof name !== 'string')) throw unreadable('no streams')
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
