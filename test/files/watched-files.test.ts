import { expect, it } from 'vitest'
import { watchedFiles } from '../../src/files/watched-files.ts'

it('counts each file once, when it is read', () => {
  const file = (name: string) => ({ name, size: 1, where: name, bytes: () => Uint8Array.of(name.length) })
  const counts: number[] = []
  const [one, three] = watchedFiles([file('a'), file('abc')], (read) => counts.push(read))
  expect(three.bytes()).toEqual(Uint8Array.of(3))
  three.bytes()
  one.bytes()
  expect(counts).toEqual([1, 2])
})
