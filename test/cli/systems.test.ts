import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../src/systems/attacks.ts'
import { brl } from '../../src/systems/brl/index.ts'
import { SYSTEMS } from '../../src/systems/index.ts'
import { describeOptions } from '../../src/systems/options.ts'
import { ossature } from './run-cli.ts'

describe('ossature systems', () => {
  it('lists every system with its sentence', async () => {
    const { code, stdout, stderr } = await ossature('systems')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const { name, description } of [...SYSTEMS, ...ATTACKS])
      expect(stdout).toMatch(new RegExp(`^${name} +${description}$`, 'm'))
  })

  it('shows an attack as a system', async () => {
    const { code, stdout } = await ossature('systems', 'smi')
    expect(code).toBe(0)
    expect(stdout).toContain('  iterations: integer >= 1, default 400\n      iterations of the attack\n')
  })

  it('shows one system: publication, every option with type, default and sentence, what is set as released', async () => {
    const { code, stdout } = await ossature('systems', 'brl')
    expect(code).toBe(0)
    const { title, authors, year, paper } = brl.publication
    for (const text of [title, `${authors}, ${year}`, paper]) expect(stdout).toContain(`  ${text}\n`)
    expect(stdout).toContain(
      '  epochs: integer >= 0, default 24\n      epochs of training; 0 tests the weights of --from as they are\n',
    )
    expect(stdout).toContain('  mixUp: one of rebalanced, base, none, default rebalanced\n')
    expect(stdout).toMatch(/^ {2}clipLength: integer >= 4\n {6}frames that/m)
    for (const { name, description } of describeOptions(brl.options)) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name}: `, 'm'))
      expect(stdout).toContain(`      ${description}\n`)
    }
    expect(stdout).toMatch(/--as-released sets mixAlpha=0\.64, .*releasedLoss=true\.\n$/)
  })

  it('gives the same as JSON, and nothing else', async () => {
    const list = JSON.parse((await ossature('systems', '--json')).stdout)
    expect(list.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`)).toEqual([
      ...SYSTEMS.map(({ name }) => `system ${name}`),
      ...ATTACKS.map(({ name }) => `attack ${name}`),
    ])
    const one = JSON.parse((await ossature('systems', 'brl', '--json')).stdout)
    expect(one).toMatchObject({ name: 'brl', publication: { year: 2023 }, asReleased: brl.asReleased })
    expect(one.options).toHaveLength(describeOptions(brl.options).length)
    expect(one.options.find(({ name }: { name: string }) => name === 'epochs')).toEqual({
      name: 'epochs',
      type: 'integer >= 0',
      default: 24,
      required: false,
      description: 'epochs of training; 0 tests the weights of --from as they are',
    })
  })

  it('names the nearest system for a name that there is not', async () => {
    const { code, stdout, stderr } = await ossature('systems', 'BLR')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const names = SYSTEMS.map(({ name }) => name).join(', ')
    expect(stderr).toBe(`there is no such system\n  expected: ${names}\n  found:    BLR\n  Did you mean brl?\n`)
  })
})
