import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { NumpyArray } from '../../../src/files/pickle/numpy.ts'
import { PickleTuple, type PickleValue } from '../../../src/files/pickle/values.ts'
import { findStateDict } from '../../../src/files/torch-checkpoint/state-dict.ts'
import { TorchTensor } from '../../../src/files/torch-checkpoint/tensor.ts'
import { readTorchCheckpoint } from '../../../src/files/torch-checkpoint/torch-checkpoint.ts'
import { described, expectedTensors, fixture } from '../fixtures.ts'

function entry(value: PickleValue, name: string): PickleValue {
  return (value as Map<PickleValue, PickleValue>).get(name) ?? null
}

describe.each(['checkpoint.pth', 'checkpoint-before-1.6.pth'])('%s', (name) => {
  const value = readTorchCheckpoint(fixture(name), name)
  const state = findStateDict(value)

  it.each(expectedTensors('tensor'))('has the tensor $name', ({ name, dtype, shape, data }) => {
    const tensor = state.get(name) as TorchTensor
    expect(tensor).toBeInstanceOf(TorchTensor)
    expect(described(tensor)).toEqual({ dtype, shape, data })
  })

  it('has the tensors in their order, and no others', () => {
    expect([...state.keys()]).toEqual(expectedTensors('tensor').map(({ name }) => name))
  })

  it('has the plain data beside them', () => {
    const meta = entry(value, 'meta')
    expect([entry(meta, 'epoch'), entry(meta, 'time'), entry(meta, 'classes')]).toEqual([3, 'now', ['walk', 'sit']])
    expect(entry(value, 'size')).toStrictEqual(PickleTuple.from([2, 3]))
    expect(entry(value, 'dtype')).toMatchObject({ name: 'torch.float16' })
    expect(entry(value, 'device')).toBe('cpu')
    expect([...(entry(value, 'array') as NumpyArray).data]).toEqual([0, 1, 2])
  })
})

describe('readTorchCheckpoint', () => {
  it('reads the other byte order, compressed entries, and folders in folders', () => {
    const state = findStateDict(readTorchCheckpoint(fixture('big-endian.pth')))
    expect([...(state.get('weight') as TorchTensor).data]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25])
    expect([...(state.get('bias') as TorchTensor).data]).toEqual([1, -1])
  })

  it('reads a plain pickle of arrays', () => {
    const value = readTorchCheckpoint(fixture('protocol-4.pkl'))
    expect([...(findStateDict(entry(value, 'arrays')).get('>f4') as NumpyArray).data][0]).toBe(-0.5)
  })

  it('refuses a whole model, which is a program, and names what it asked for', () => {
    expect(() => readTorchCheckpoint(fixture('whole-model.pth'), 'whole-model.pth')).toThrow(
      /^whole-model\.pth, whole-model\/data\.pkl, byte \d+: this pickle refers to "torch\.nn\.modules\.linear\.Linear", which is not allowed/,
    )
  })

  it.each([
    ['a program of TorchScript', fixture('script.pt'), /this is a program of TorchScript/],
    [
      'another zip archive',
      zipSync({ 'a.txt': strToU8('walk') }),
      /not a checkpoint of PyTorch\n.*\n {2}found: +a\.txt/,
    ],
    ['a tar archive', tar(), /this is a tar archive\n[\s\S]*load it in a current PyTorch/],
  ])('refuses %s with a hint', (_, bytes, message) => {
    expect(() => readTorchCheckpoint(bytes, 'x.pth')).toThrow(message)
    expect(() => readTorchCheckpoint(bytes, 'x.pth')).toThrow(OssatureError)
  })
})

function tar(): Uint8Array {
  const bytes = new Uint8Array(1024)
  bytes.set(strToU8('storages'))
  bytes.set(strToU8('ustar'), 257)
  return bytes
}

describe('findStateDict', () => {
  const tensors = new Map<PickleValue, PickleValue>([['weight', new NumpyArray()]])
  const other = new Map<PickleValue, PickleValue>([['weight', new NumpyArray()]])
  const names = (value: PickleValue) => [...findStateDict(value).keys()]

  it('takes the dictionary itself, and leaves out what is no tensor', () => {
    expect(names(new Map<PickleValue, PickleValue>([...tensors, ['epoch', 3]]))).toEqual(['weight'])
  })

  it.each(['state_dict', 'model', 'module', 'net', 'model_state_dict'])('finds it under %s', (key) => {
    expect(
      names(
        new Map<PickleValue, PickleValue>([
          ['optimizer', other],
          [key, tensors],
        ]),
      ),
    ).toEqual(['weight'])
  })

  it('finds it deeper, and under an unusual name where there is only one', () => {
    expect(names(new Map([['model', new Map([['state_dict', tensors]])]]))).toEqual(['weight'])
    expect(
      names(
        new Map<PickleValue, PickleValue>([
          ['teacher', tensors],
          ['epoch', 1],
        ]),
      ),
    ).toEqual(['weight'])
  })

  it('names the choices where several could be meant', () => {
    expect(() =>
      findStateDict(
        new Map([
          ['teacher', tensors],
          ['student', other],
        ]),
      ),
    ).toThrow(/several dictionaries of tensors[\s\S]*found: +teacher, student/)
  })

  it('says what there is instead', () => {
    expect(() => findStateDict(new Map([['epoch', 3]]))).toThrow(
      /no tensors with names[\s\S]*a dictionary with "epoch"/,
    )
    expect(() => findStateDict([1, 2])).toThrow(/found: +a list of 2/)
  })

  it('comes to an end where one dictionary stands in many places', () => {
    let value: PickleValue = new Map()
    for (let i = 0; i < 40; i++)
      value = new Map([
        ['a', value],
        ['b', value],
      ])
    expect(() => findStateDict(value)).toThrow(/no tensors/)
  })
})
