import { COST } from './budget.ts'
import type { PickleInput } from './input.ts'
import { fromDecimal, fromFloatText, fromTwosComplement } from './numbers.ts'
import { OPCODE } from './opcodes.ts'
import { fromPython2Literal, fromRawUnicodeEscape, fromUtf8, isAscii } from './text.ts'
import { type PickleCall, PickleText, type PickleValue } from './values.ts'

/** Bytes of text that are decoded at once; longer text only where it is needed. */
const SHORT_TEXT = 1024

/** No integer of data has more bytes. */
const MAX_INTEGER_BYTES = 2048

/** The value of an opcode that stands for itself: None, numbers, text, bytes. Undefined for other opcodes. */
export function readScalar(opcode: number, input: PickleInput, call: PickleCall): PickleValue | undefined {
  switch (opcode) {
    case OPCODE.NONE:
      return null
    case OPCODE.NEWTRUE:
      return true
    case OPCODE.NEWFALSE:
      return false
    case OPCODE.BININT1:
      return input.byte()
    case OPCODE.BININT2:
      return input.uint16()
    case OPCODE.BININT:
      call.use(COST.number)
      return input.int32()
    case OPCODE.BINFLOAT:
      call.use(COST.number)
      return input.float64()
    case OPCODE.LONG1:
      return integer(input.byte(), input, call)
    case OPCODE.LONG4:
      return integer(input.uint32(), input, call)
    case OPCODE.SHORT_BINUNICODE:
      return text(input.take(input.byte()), call)
    case OPCODE.BINUNICODE:
      return text(input.take(input.uint32()), call)
    case OPCODE.BINUNICODE8:
      return text(input.take(input.uint64()), call)
    case OPCODE.SHORT_BINBYTES:
      return bytes(input.take(input.byte()), call)
    case OPCODE.BINBYTES:
      return bytes(input.take(input.uint32()), call)
    case OPCODE.BINBYTES8:
    case OPCODE.BYTEARRAY8:
      return bytes(input.take(input.uint64()), call)
    case OPCODE.SHORT_BINSTRING:
      return python2String(input.take(input.byte()), call)
    case OPCODE.BINSTRING:
      return python2String(input.take(input.uint32()), call)
    default:
      return readLineScalar(opcode, input, call)
  }
}

/** The same for the opcodes of protocol 0, which stand on lines. */
function readLineScalar(opcode: number, input: PickleInput, call: PickleCall): PickleValue | undefined {
  switch (opcode) {
    case OPCODE.INT: {
      const line = input.asciiLine()
      if (line === '00' || line === '01') return line === '01'
      return required(fromDecimal(line), 'an integer', line, call)
    }
    case OPCODE.LONG: {
      const line = input.asciiLine()
      return required(fromDecimal(line.replace(/L$/, '')), 'an integer', line, call)
    }
    case OPCODE.FLOAT: {
      const line = input.asciiLine()
      return required(fromFloatText(line), 'a number', line, call)
    }
    case OPCODE.UNICODE: {
      const line = input.line(Number.POSITIVE_INFINITY)
      call.use(COST.text + 2 * line.length)
      return required(fromRawUnicodeEscape(line), 'text with escapes of Unicode', 'another escape', call)
    }
    case OPCODE.STRING: {
      const line = input.line(Number.POSITIVE_INFINITY)
      call.use(COST.bytes + line.length)
      return python2String(required(fromPython2Literal(line), 'text in quotes', 'something else', call), call)
    }
    default:
      return undefined
  }
}

function required<T extends PickleValue>(value: T | undefined, expected: string, found: string, call: PickleCall): T {
  if (value === undefined) throw call.refused(expected, JSON.stringify(found.slice(0, 60)))
  call.use(COST.number)
  return value
}

function integer(length: number, input: PickleInput, call: PickleCall): number | bigint {
  if (length > MAX_INTEGER_BYTES) {
    throw call.refused(`an integer of at most ${MAX_INTEGER_BYTES} bytes`, `${length} bytes`)
  }
  call.use(COST.text + length)
  return fromTwosComplement(input.take(length))
}

function text(utf8: Uint8Array, call: PickleCall): PickleValue {
  if (utf8.length > SHORT_TEXT) {
    call.use(COST.bytes)
    return new PickleText(utf8)
  }
  call.use(COST.text + (isAscii(utf8) ? 1 : 2) * utf8.length)
  return fromUtf8(utf8)
}

function bytes(value: Uint8Array, call: PickleCall): Uint8Array {
  call.use(COST.bytes)
  return value
}

function python2String(value: Uint8Array, call: PickleCall): PickleValue {
  return isAscii(value) ? text(value, call) : bytes(value, call)
}
