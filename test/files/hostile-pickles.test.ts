import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../src/errors.ts'
import { readPickle } from '../../src/files/pickle/pickle.ts'
import { TORCH_GLOBALS } from '../../src/files/torch-checkpoint/globals.ts'
import { readTorchCheckpoint } from '../../src/files/torch-checkpoint/torch-checkpoint.ts'
import { fixture } from './fixtures.ts'
import { pickled } from './pickled.ts'

/** The message with which a pickle is refused. */
function refusal(...pieces: (string | number)[]): string {
  try {
    readPickle(pickled(...pieces), { where: 'x.pkl', globals: TORCH_GLOBALS })
  } catch (error) {
    expect(error).toBeInstanceOf(OssatureError)
    return (error as Error).message
  }
  throw new Error('the pickle was read')
}

const ENTRY = 'X\u0001\0\0\0'

describe('a pickle that asks for code', () => {
  it.each([
    ['os.system', "cos\nsystem\n(S'true'\ntR."],
    ['posix.system', "cposix\nsystem\n(S'true'\ntR."],
    ['builtins.eval', "cbuiltins\neval\n(S'1'\ntR."],
    ['builtins.getattr', 'cbuiltins\ngetattr\n.'],
    ['builtins.__import__', "c__builtin__\n__import__\n(S'os'\ntR.".replace('__builtin__', 'builtins')],
    ['torch.load', "ctorch\nload\n(S'x'\ntR."],
    ['torch._utils._rebuild_tensor_v2.__globals__', 'ctorch._utils\n_rebuild_tensor_v2.__globals__\n.'],
    ['collections.OrderedDict.__class__', 'ccollections\nOrderedDict.__class__\n.'],
  ])('is refused with the name %s and the byte', (name, file) => {
    expect(refusal(file)).toContain(`x.pkl, byte 0: this pickle refers to "${name}", which is not allowed`)
  })

  it('is refused when the name comes from the stack', () => {
    expect(refusal(0x80, 4, 0x8c, 2, 'os', 0x8c, 6, 'system', 0x93, '.')).toMatch(/byte 14: .*"os\.system"/)
    expect(refusal(0x80, 4, 'K', 1, 'K', 2, 0x93, '.')).toMatch(/a module and a name/)
  })

  it.each([
    ['INST', "(S'true'\nios\nsystem\n."],
    ['OBJ', '(cbuiltins\nlist\no.'],
    ['EXT1', '\u0082\u0001.'],
    ['EXT2', '\u0083\u0001\u0001.'],
    ['EXT4', '\u0084\u0001\u0001\u0001\u0001.'],
    ['NEWOBJ_EX', 'cbuiltins\nlist\n)}\u0092.'],
    ['NEXT_BUFFER', '\u0097.'],
    ['READONLY_BUFFER', 'N\u0098.'],
  ])('is refused for the opcode %s', (_, file) => {
    expect(refusal(file)).toMatch(/expected: +an opcode that plain data needs|which is not allowed/)
  })

  it('is refused when it calls data', () => {
    expect(refusal('](I1\ntR.')).toMatch(/a name that can be called\n {2}found: +a list of 0/)
    expect(refusal('ctorch\nFloatStorage\n)R.')).toMatch(/a name that can be called\n {2}found: +torch\.FloatStorage/)
    expect(refusal('cbuiltins\nlist\n]R.')).toMatch(/a tuple of arguments/)
  })

  it('is refused when it sets attributes of data', () => {
    expect(refusal(']}b.')).toMatch(/an object that takes a state/)
    expect(refusal('ccollections\nOrderedDict\n}b.')).toMatch(/an object that takes a state/)
  })

  it('is refused when it refers to something outside', () => {
    expect(refusal('Pfile\n.')).toMatch(/a persistent identifier/)
  })
})

describe('constructors check their arguments', () => {
  const dtype = "cnumpy\ndtype\n(S'f4'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntb"
  const array = `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR`
  it.each([
    ['a set of a dictionary', 'cbuiltins\nset\n(}tR.', /one list or tuple/],
    ['a set in a set', '\u008f(\u008f\u0090.', /as key/],
    ['pairs of three', 'ccollections\nOrderedDict\n(](I1\nI2\nI3\ntatR.', /pairs of key and value/],
    ['a codec that runs code', "c_codecs\nencode\n(S'x'\nS'zlib'\ntR.", /the codec 'latin1'/],
    [
      'numpy.ndarray that is something else',
      "cnumpy.core.multiarray\n_reconstruct\n(cbuiltins\nlist\n(I0\ntS'b'\ntR.",
      /numpy\.ndarray/,
    ],
    ['a dtype of objects', "cnumpy\ndtype\n(S'O8'\nI0\nI1\ntR.", /a dtype of NumPy for numbers/],
    [
      'a dtype by the name of a prototype',
      "cnumpy\ndtype\n(S'constructor'\nI0\nI1\ntR.",
      /a dtype of NumPy for numbers/,
    ],
    ['an array without its bytes', `${array}(I1\n(I2\nt${dtype}I00\nS'abcd'\ntb.`, /8 bytes for shape \(2\)/],
    ['an array of a negative length', `${array}(I1\n(I-2\nt${dtype}I00\nS''\ntb.`, /a shape/],
    [
      'an array of a huge length',
      `${array}(I1\n(I9007199254740991\nI9007199254740991\nt${dtype}I00\nS''\ntb.`,
      /bytes for shape/,
    ],
    ['an array that is filled twice', `${array}(I1\n(I1\nt${dtype}I00\nS'abcd'\ntp0\nbg0\nb.`, /its elements again/],
    ['a tensor without a storage', 'ctorch._utils\n_rebuild_tensor_v2\n(NI0\n(I1\nt(I1\ntI00\nNtR.', /a storage/],
    ['a size of lists', 'ctorch\nSize\n(]tR.', /a tuple/],
  ])('%s', (_, file, message) => {
    expect(refusal(file)).toMatch(message)
  })
})

describe('a damaged pickle', () => {
  it.each([
    ['nothing', '', /the end of the file/],
    ['no end', 'I1\n', /the end of the file/],
    ['nothing before the end', '.', /one value at the end/],
    ['two values', 'I1\nI2\n.', /one value at the end/],
    ['an open mark', '(I1\n.', /one value at the end/],
    ['something behind the end', 'I1\n.I2\n.', /nothing after the value/],
    ['too few values', '\u0086.', /2 values/],
    ['values below a mark', 'I1\nI2\n(\u0086t.', /2 values/],
    ['no mark', 'I1\nt.', /a mark/],
    ['a memory of nothing', 'h\u0001.', /remembered before/],
    ['a key without a value', '}(I1\nu.', /in pairs/],
    ['the same key twice', '}(I1\nNI1\nNu.', /every key once/],
    ['the same text twice', `}(${ENTRY}aN${ENTRY}aNu.`, /every key once\n {2}found: +"a" twice/],
    ['a list as a key', '}]Ns.', /as key/],
    ['items in a tuple', ')I1\na.', /a list\n {2}found: +a tuple/],
    ['items in a number', 'I1\n(I1\nI2\nu.', /a dictionary/],
    ['protocol 6', '\u0080\u0006N.', /protocol 0 to 5/],
    ['no integer', 'Iwalk\n.', /an integer/],
    ['no number', 'F0x10\n.', /a number/],
    ['text without quotes', 'Swalk\n.', /text in quotes/],
    ['an unknown opcode', '\u00ff.', /opcode 0xff/],
    ['text longer than the file', 'X\u00ff\u00ff\u00ff\u007fabc.', /2147483647 bytes/],
    ['text of 2^63 bytes', '\u008d\0\0\0\0\0\0\0\u0080abc.', /below 2\^53/],
    ['bytes longer than the file', '\u008e\u00ff\0\0\0\0\0\0\0abc.', /255 bytes/],
    ['a frame longer than the file', '\u0095\u00ff\0\0\0\0\0\0\0N.', /a frame of at most 2 bytes/],
    ['an integer of 64 MiB', `\u008b\0\0\0\u0004${'a'.repeat(64)}.`, /an integer of at most/],
    ['a decimal of 5000 digits', `I${'9'.repeat(5000)}\n.`, /a line of at most|an integer/],
  ])('is refused: %s', (_, file, message) => {
    expect(refusal(file)).toMatch(message)
  })

  it('is refused wherever it is cut off', () => {
    const file = fixture('protocol-2.pkl')
    for (let length = 0; length < file.length; length += 211) {
      expect(() => readPickle(file.subarray(0, length), { globals: TORCH_GLOBALS })).toThrow(OssatureError)
    }
  })
})

describe('a pickle that would exhaust memory or stack', () => {
  it('is refused when it contains itself', () => {
    expect(refusal(']q\u0000h\u0000a.')).toMatch(/contains itself/)
    expect(refusal('}q\u0000K\u0001h\u0000s.')).toMatch(/contains itself/)
    expect(refusal(']q\u0000h\u0000\u0085a.')).toMatch(/contains itself/)
  })

  it('is refused when its lists are too deep in each other, but not when they are many', () => {
    expect(refusal(`${']'.repeat(20_000)}${'a'.repeat(19_999)}.`)).toMatch(/too deep/)
    expect(refusal(`)${'\u0085'.repeat(20_000)}.`)).toMatch(/too deep/)
    // Each level has the one below, which was read before, twice.
    expect(refusal(`]q\u0000${Array.from({ length: 600 }, () => '0]h\u0000ah\u0000aq\u0000').join('')}.`)).toMatch(
      /too deep/,
    )
    expect(readPickle(pickled(`(${']'.repeat(1000)}t.`))).toHaveLength(1000)
  })

  it.each([
    ['empty lists', ']'],
    ['empty dictionaries', '}'],
    ['marks', '('],
    ['copies', 'N2'],
    ['sets', 'cbuiltins\nset\n)R'],
    ['bytes', 'C\u0000'],
  ])('is refused when it has too many %s for its size', (_, opcode) => {
    const file = pickled('(', opcode.repeat(10_000), 't.')
    expect(() => readPickle(file, { limits: { memory: 50_000 }, globals: TORCH_GLOBALS })).toThrow(/too much memory/)
  })

  it('is refused when it remembers far apart', () => {
    const puts = Array.from({ length: 5000 }, (_, i) => `r\u0000${String.fromCharCode(i >> 8, i & 255)}\u0080`).join('')
    expect(() => readPickle(pickled('N', puts, '.'), { limits: { memory: 100_000 } })).toThrow(/too much memory/)
  })

  it('is refused when it copies one list into many sets', () => {
    const numbers = Array.from({ length: 250 }, (_, i) => `K${String.fromCharCode(i)}`).join('')
    const file = pickled(`(${numbers}tq\u0000cbuiltins\nlist\nq\u0001`, '(', 'h\u0001h\u0000\u0085R'.repeat(5000), 't.')
    expect(() => readPickle(file, { limits: { memory: 2 ** 20 }, globals: TORCH_GLOBALS })).toThrow(/too much memory/)
  })
})

/** A checkpoint of one tensor in the form of zip archives, with one part of it changed. */
function archive(changes: { tensor?: string; id?: string; files?: Record<string, Uint8Array> } = {}): Uint8Array {
  const id = changes.id ?? "(S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nI6\ntQ"
  const tensor = changes.tensor ?? 'I0\n(I2\nI3\nt(I3\nI1\ntI00\nN'
  const pickle = pickled(`}S'w'\nctorch._utils\n_rebuild_tensor_v2\n(${id}${tensor}tRs.`)
  return zipSync(
    { 'm/data.pkl': pickle, 'm/data/0': new Uint8Array(24), 'm/version': strToU8('3\n'), ...changes.files },
    { level: 0 },
  )
}

describe('a hostile checkpoint', () => {
  const refused = (bytes: Uint8Array) => expect(() => readTorchCheckpoint(bytes, 'x.pth'))

  it('is not what these cases start from', () => {
    expect(readTorchCheckpoint(archive())).toBeInstanceOf(Map)
  })

  it.each([
    [
      'beyond its storage by its shape',
      { tensor: 'I0\n(I2\nI4\nt(I4\nI1\ntI00\nN' },
      /inside its storage of 6 elements\n.*ends at 8/,
    ],
    ['beyond its storage by its offset', { tensor: 'I1\n(I2\nI3\nt(I3\nI1\ntI00\nN' }, /ends at 7/],
    ['beyond its storage by a stride', { tensor: 'I0\n(I2\nI3\nt(I4\nI1\ntI00\nN' }, /ends at 7/],
    ['beyond its storage without elements', { tensor: 'I7\n(I0\nt(I1\ntI00\nN' }, /ends at 7/],
    ['before its storage', { tensor: 'I-1\n(I2\nt(I1\ntI00\nN' }, /an offset/],
    ['with a negative stride', { tensor: 'I3\n(I2\nt(I-1\ntI00\nN' }, /lengths and strides/],
    ['with too few strides', { tensor: 'I0\n(I2\nI3\nt(I1\ntI00\nN' }, /lengths and strides/],
    [
      'with a shape beyond all numbers',
      { tensor: 'I0\n(I9007199254740991\nI9007199254740991\nt(I9007199254740991\nI1\ntI00\nN' },
      /ends at Infinity/,
    ],
    ['that repeats one number too often', { tensor: 'I0\n(I100000\nI100000\nt(I0\nI0\ntI00\nN' }, /too much memory/],
    [
      'in a storage that is longer than its entry',
      { id: "(S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nI7\ntQ" },
      /28 bytes in m\/data\/0\n.*24 bytes/,
    ],
    ['in a storage that is not there', { id: "(S'storage'\nctorch\nFloatStorage\nS'1'\nS'cpu'\nI6\ntQ" }, /m\/data\/1/],
    [
      'in a storage outside of the folder',
      { id: "(S'storage'\nctorch\nFloatStorage\nS'../data.pkl'\nS'cpu'\nI6\ntQ" },
      /no such entry/,
    ],
    [
      'in a storage of another type',
      { id: "(S'storage'\nctorch\nfloat32\nS'0'\nS'cpu'\nI6\ntQ" },
      /the type of a storage/,
    ],
    [
      'in something else than a storage',
      { id: "(S'module'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nI6\ntQ" },
      /a reference/,
    ],
  ])('is refused: a tensor %s', (_, changes, message) => {
    refused(archive(changes)).toThrow(message)
    refused(archive(changes)).toThrow(OssatureError)
  })

  it('is refused when the archive has two pickles, an unknown byte order or names that lead out of it', () => {
    refused(archive({ files: { 'n/data.pkl': strToU8('N.') } })).toThrow(/2 of them/)
    refused(archive({ files: { 'm/byteorder': strToU8('middle') } })).toThrow(/the byte order of this checkpoint/)
    refused(archive({ files: { '../evil': strToU8('x') } })).toThrow(/unsafe name/)
    refused(archive({ files: { '/evil': strToU8('x') } })).toThrow(/unsafe name/)
  })

  it('is refused when an entry would inflate to far more than the archive', () => {
    refused(zipSync({ 'm/data.pkl': new Uint8Array(17 * 2 ** 20) }, { level: 1 })).toThrow(/would inflate to too much/)
  })

  it('in the old form is refused when storages are missing, double, too short or of another length', () => {
    const file = fixture('checkpoint-before-1.6.pth')
    for (let cut = 1; cut < 400; cut += 13) refused(file.subarray(0, file.length - cut)).toThrow(OssatureError)
    refused(Uint8Array.from([...file, 0])).toThrow(/expected: +\d+ bytes/)
    const last = file.slice()
    last[last.length - 16] ^= 1
    refused(last).toThrow(OssatureError)
  })
})
