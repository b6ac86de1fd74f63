import { basename, resolve } from 'node:path'
import { OssatureError } from '../../errors.ts'

/**
 * What runs are called: each by its folder's name, by its path where two have the same name.
 * @throws OssatureError when one is named twice
 */
export function runNames(paths: readonly string[]): string[] {
  const places = paths.map((path) => resolve(path))
  const twice = places.findIndex((place, index) => places.indexOf(place) !== index)
  if (twice >= 0) throw new OssatureError('a run is named twice', { where: paths[twice] })
  const names = places.map((place) => basename(place))
  return names.map((name, index) => (names.indexOf(name) === names.lastIndexOf(name) ? name : paths[index]))
}
