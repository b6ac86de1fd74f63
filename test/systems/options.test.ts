import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { describeOptions, optionsFileLayer, parseSettings, resolveOptions } from '../../src/systems/options.ts'

const schema = z.object({
  lr: z.number().positive().default(0.1).describe('Learning rate for a batch of 128.'),
  epochs: z.number().int().min(1).max(300).describe('Epochs to train.').default(24),
  steps: z.array(z.number().int().nonnegative()).default([35, 55]).describe('Epochs at which the rate falls.'),
  pairs: z.array(z.tuple([z.number(), z.number()])).default([]),
  stream: z.enum(['joint', 'bone', 'joint-motion']).default('joint'),
  window: z.union([z.number().int().positive(), z.literal('auto')]).default('auto'),
  seed: z.number().int().nullable().default(null),
  nesterov: z.boolean().default(true),
  data: z.string().min(1).describe('Clip store.'),
  optimizer: z
    .object({
      kind: z.enum(['sgd', 'adam']).default('sgd').describe('Update rule.'),
      betas: z.tuple([z.number(), z.number()]).default([0.9, 0.999]),
    })
    .prefault({}),
  classWeights: z.record(z.string(), z.number()).default({}),
})

const resolve = (...settings: string[]) =>
  resolveOptions(schema, [
    { origin: 'file.yaml', values: { data: 'store' } },
    { origin: '--set', values: parseSettings(schema, settings) },
  ])

function message(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return (error as Error).message
  }
  return 'no error'
}

describe('options', () => {
  it('are complete: defaults, then each layer over the one before', () => {
    const layers = [
      optionsFileLayer('data: a\noptimizer: {kind: adam}\nsteps: [1, 2, 3]', 'base.yaml'),
      optionsFileLayer('data: b\nsteps: [4]', 'mine.yaml'),
      { origin: '--set', values: parseSettings(schema, ['optimizer.betas=0.5,0.9']) },
    ]
    expect(resolveOptions(schema, layers)).toEqual({
      lr: 0.1,
      epochs: 24,
      steps: [4],
      pairs: [],
      stream: 'joint',
      window: 'auto',
      seed: null,
      nesterov: true,
      data: 'b',
      optimizer: { kind: 'adam', betas: [0.5, 0.9] },
      classWeights: {},
    })
  })

  it('can be listed with type, default and description', () => {
    const rows = describeOptions(schema)
    expect(rows.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['lr', 'number > 0', false],
      ['epochs', 'integer from 1 to 300', false],
      ['steps', 'list of values, each integer >= 0', false],
      ['pairs', 'list of values, each list of 2: number; number', false],
      ['stream', 'one of joint, bone, joint-motion', false],
      ['window', 'integer > 0, or auto', false],
      ['seed', 'integer, or none', false],
      ['nesterov', 'true or false', false],
      ['data', 'text, not empty', true],
      ['optimizer.kind', 'one of sgd, adam', false],
      ['optimizer.betas', 'list of 2: number; number', false],
      ['classWeights', 'names with values', false],
    ])
    expect(rows[0]).toMatchObject({ default: 0.1, description: 'Learning rate for a batch of 128.' })
    expect(rows[1].description).toBe('Epochs to train.')
    expect(rows[8].default).toBeUndefined()
    expect(rows[9]).toMatchObject({ default: 'sgd', description: 'Update rule.' })
  })

  it('tell their range in words', () => {
    const ranges = z.object({
      share: z.number().positive().max(1).optional(),
      width: z.int().min(8).multipleOf(8).default(16),
      frames: z.int().min(4).max(256).multipleOf(4).default(64),
      angle: z.number().gt(-3).lt(3).default(0),
      rate: z.number().max(1).default(0),
    })
    expect(describeOptions(ranges).map(({ type }) => type)).toEqual([
      'number > 0 and <= 1',
      'integer >= 8, a multiple of 8',
      'integer from 4 to 256, a multiple of 4',
      'number > -3 and < 3',
      'number <= 1',
    ])
  })

  it('of a group keep their sentence and range with another default', () => {
    const { lr, epochs } = schema.shape
    const changed = z.object({ lr: lr.default(0.2), epochs: epochs.optional() })
    expect(describeOptions(changed)).toMatchObject([
      { name: 'lr', type: 'number > 0', default: 0.2, description: 'Learning rate for a batch of 128.' },
      { name: 'epochs', description: 'Epochs to train.' },
    ])
  })
})

describe('--set', () => {
  it.each([
    ['lr=1e-3', { lr: 0.001 }],
    ['lr=.5', { lr: 0.5 }],
    ['epochs = 7', { epochs: 7 }],
    ['steps=10,20', { steps: [10, 20] }],
    ['steps=[10, 20]', { steps: [10, 20] }],
    ['steps=', { steps: [] }],
    [
      'pairs=[[0, 1], [1, 2]]',
      {
        pairs: [
          [0, 1],
          [1, 2],
        ],
      },
    ],
    ['stream=joint-motion', { stream: 'joint-motion' }],
    ['window=64', { window: 64 }],
    ['window=auto', { window: 'auto' }],
    ['seed=none', { seed: null }],
    ['seed=-3', { seed: -3 }],
    ['nesterov=no', { nesterov: false }],
    ['data=a=b', { data: 'a=b' }],
    ['data=1', { data: '1' }],
    ['optimizer.kind=adam', { optimizer: { kind: 'adam', betas: [0.9, 0.999] } }],
    ['optimizer={kind: adam}', { optimizer: { kind: 'adam', betas: [0.9, 0.999] } }],
    ['classWeights.wave=2', { classWeights: { wave: 2 } }],
  ])('%s', (setting, expected) => {
    expect(resolve(setting)).toMatchObject(expected)
  })

  it('names the closest options when a name is unknown', () => {
    expect(message(() => resolve('epoch=3'))).toBe('--set epoch=3: unknown option epoch\n  Did you mean epochs?')
    expect(message(() => resolve('optimizer.beta=1,2'))).toBe(
      '--set optimizer.beta=1,2: unknown option optimizer.beta\n  Did you mean optimizer.betas?',
    )
    expect(message(() => resolve('class-weights.wave=1'))).toContain('Did you mean classWeights?')
    expect(message(() => resolve('qqqqqq=1'))).toContain('expected: one of lr, epochs, steps, ')
    expect(message(() => resolve('lr.x=1'))).toContain('lr has no options inside.')
    expect(message(() => resolve('__proto__.x=1'))).toContain('unknown option __proto__')
  })

  it('names the option, what it takes and what it got when a value does not fit', () => {
    expect(message(() => resolve('lr=fast'))).toBe(
      '--set lr=fast: wrong value for option lr\n  expected: number > 0\n  found:    "fast"\n' +
        '  Learning rate for a batch of 128.',
    )
    expect(message(() => resolve('epochs=999'))).toBe(
      '--set: wrong value for option epochs\n  expected: integer from 1 to 300\n  found:    999\n  Epochs to train.',
    )
    expect(message(() => resolve('epochs=2.5'))).toContain('found:    2.5')
    expect(message(() => resolve('steps=1,x'))).toContain('wrong value for option steps')
    expect(message(() => resolve('steps=1,-2'))).toContain('wrong value for option steps.1\n  expected: integer >= 0')
    expect(message(() => resolve('optimizer.betas=0.5'))).toContain('expected: list of 2: number; number')
    for (const wrong of ['lr=0x10', 'lr=', 'lr=Infinity', 'nesterov=2', 'window=big', 'stream=bones', 'pairs=[[1'])
      expect(message(() => resolve(wrong))).toMatch(/wrong value for option/)
    expect(message(() => resolve('lr'))).toBe('--set lr: not a setting\n  expected: NAME=VALUE\n  found:    "lr"')
  })
})

describe('an options file', () => {
  it('is named when something in it is wrong', () => {
    const read = (text: string) => message(() => resolveOptions(schema, [optionsFileLayer(text, 'mine.yaml')]))
    expect(read('data: a\nlr: "0.1"')).toContain('mine.yaml: wrong value for option lr')
    expect(read('data: a\noptimizer: {knd: adam}')).toBe(
      'mine.yaml: unknown option optimizer.knd\n  Did you mean optimizer.kind?',
    )
    expect(read('lr: 1')).toBe(
      'option data is missing\n  expected: text, not empty\n  Give it with --set data=VALUE. Clip store.',
    )
    expect(read('__proto__: {x: 1}')).toContain('unknown option __proto__')
  })

  it('is checked by rules over several options, too', () => {
    const paired = z
      .object({ epochs: z.number().default(10), warmUp: z.number().default(0) })
      .refine(({ epochs, warmUp }) => warmUp <= epochs, { message: 'warmUp is longer than epochs' })
    expect(message(() => resolveOptions(paired, [{ origin: 'o', values: { warmUp: 20 } }]))).toBe(
      'options do not fit together: warmUp is longer than epochs',
    )
    const named = paired.refine(({ warmUp }) => warmUp !== 3, { message: 'not 3', path: ['warmUp'] })
    expect(message(() => resolveOptions(named, [{ origin: 'o', values: { warmUp: 3 } }]))).toBe(
      'o: wrong value for option warmUp: not 3\n  found:    3',
    )
  })
})
