import { OssatureError } from '../errors.ts'

/**
 * @param where the layer, loss or optimiser that the option belongs to
 * @throws OssatureError unless what is demanded of the option holds
 */
export function requireOption(holds: boolean, where: string, option: string, expected: string, found: number): void {
  if (holds) return
  throw new OssatureError(`${option} is out of range`, { where, expected, found: String(found) })
}
