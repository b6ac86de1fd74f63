import { textLines } from '../../files/decode-text.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { chooseClasses } from '../classes/class-choice.ts'
import type { Dataset } from '../dataset.ts'
import type { Division } from './division.ts'
import { isListFile, readListFile } from './list-file.ts'
import type { Split } from './split.ts'
import { filledSplit, selectById } from './splits.ts'

/**
 * Divides clips by their names: a YAML or JSON list (see `ListFile`), or texts with one name per line for training and,
 * after a comma, for testing. Without names for testing every other clip tests.
 *
 * @throws OssatureError when a file cannot be read, names an unknown clip or one twice, or leaves a part empty
 */
export function divideByList(dataset: Dataset, argument: string): Division {
  if (isListFile(argument)) {
    const { train, test, classes, crossSubject = false } = readListFile(argument)
    const regrouped = classes === undefined ? dataset : chooseClasses(dataset, classes)
    return {
      dataset: regrouped,
      ...listed(regrouped, [train, test], [argument, argument]),
      crossSubject,
      ...(classes !== undefined && { classes }),
    }
  }
  const paths = argument.split(',')
  return {
    dataset,
    ...listed(
      dataset,
      paths.map((path) => textLines(readFileBytes(path), path)),
      paths,
    ),
    crossSubject: false,
  }
}

function listed(
  { entries }: Dataset,
  [trainNames, testNames]: readonly (readonly string[] | undefined)[],
  [trainPath, testPath]: readonly string[],
): Split {
  const train = selectById(entries, trainNames ?? [], trainPath)
  const trained = new Set(train)
  const test = testNames
    ? selectById(entries, testNames, testPath)
    : [...entries.keys()].filter((index) => !trained.has(index))
  return filledSplit({ train, test }, 'the list', 'clips for training and for testing')
}
