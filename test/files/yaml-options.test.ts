import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { formatYamlOptions, parseYamlOptions } from '../../src/files/yaml-options.ts'

const parse = (text: string) => parseYamlOptions(text, 'options.yaml')

describe('a file of options', () => {
  it('is one mapping, in YAML or JSON, or nothing', () => {
    expect(parse('a: 1\nb: [x, y]\n')).toEqual({ a: 1, b: ['x', 'y'] })
    expect(parse('{"a": null}')).toEqual({ a: null })
    expect(parse('# nothing\n')).toEqual({})
  })

  it('is read as it was written', () => {
    const options = { path: 'x: y', list: ['1', 1], nested: { on: true } }
    expect(parse(formatYamlOptions(options))).toEqual(options)
  })

  const anchors = Array.from({ length: 9 }, (_, i) => `k${i}: &k${i} [${new Array(9).fill(`*k${i - 1}`).join()}]`)
  it.each([
    ['a syntax error', 'a: [1', /options\.yaml, line 1, column \d+: not readable as YAML/],
    ['a key twice', 'a: 1\na: 2', /line 2, column 1: /],
    ['a list', '- a', /one mapping\n.*\n.*a list/],
    ['an alias of nothing', 'cut: *all', /options\.yaml: not readable as YAML\n.*all\n.*quotes/],
    ['aliases that grow beyond all memory', ['k-1: &k-1 x', ...anchors].join('\n'), /not readable as YAML/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(OssatureError)
    expect(() => parse(text)).toThrow(message)
  })
})
