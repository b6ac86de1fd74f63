import { fromBinary } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { OssatureError } from '../../../src/errors.ts'
import { add, apply, constant, exp, exportOnnx, f32, reshape, sum, trace } from '../../../src/tensor/index.ts'
import { checkPortableModel } from '../../../src/tensor/onnx/check.ts'
import { type ModelProto, ModelProtoSchema } from '../../../src/tensor/onnx/onnx_pb.ts'
import '../../../src/runtime/cpu/operators.ts'

/** exp(x) + table, summed: an attribute, an initializer, constant inputs. */
function model(): ModelProto {
  const graph = trace({ x: f32(2, 3) }, ({ x }) => {
    const table = constant(Float32Array.of(1, 2, 3), [3])
    return { y: sum(add(exp(x), table), [1]), z: reshape(x, [3, 2]) }
  })
  return fromBinary(ModelProtoSchema, exportOnnx(graph))
}

describe('a portable model', () => {
  it('is what an export gives', () => {
    expect(() => checkPortableModel(model())).not.toThrow()
  })

  const nodeOf = ({ graph }: ModelProto, operator: string) => graph!.node.find(({ opType }) => opType === operator)!

  it.each<[string, (model: ModelProto) => void, string]>([
    [
      'names the standard operator set only',
      (m) => m.opsetImport.push({ ...m.opsetImport[0], domain: 'other' }),
      'other',
    ],
    ['names an operator set', (m) => m.opsetImport.splice(0), 'none'],
    [
      'has operators of the standard only',
      (m) => Object.assign(nodeOf(m, 'Exp'), { domain: 'com.microsoft' }),
      'com.microsoft',
    ],
    ['makes values before they are used', (m) => m.graph!.node.reverse(), 'inputs that stand before it'],
    ['makes every value', (m) => m.graph!.initializer.splice(0, 1), 'inputs that stand before it'],
    ['makes every output', (m) => Object.assign(m.graph!.output[0], { name: 'w' }), 'w'],
    ['makes every value once', (m) => nodeOf(m, 'Exp').output.splice(0, 1, 'x'), 'names that stand once'],
    ['has values of the size of their shape', (m) => m.graph!.initializer[0].dims.push(7n), 'bytes'],
    ['has operators', (m) => Object.assign(nodeOf(m, 'Exp'), { opType: '' }), 'an operator'],
    ['has attributes once', (m) => nodeOf(m, 'ReduceSum').attribute.push(nodeOf(m, 'ReduceSum').attribute[0]), 'twice'],
    ['has attributes of known types', (m) => Object.assign(nodeOf(m, 'ReduceSum').attribute[0], { type: 5 }), 'GRAPH'],
  ])('%s', (_, damage, message) => {
    const damaged = model()
    damage(damaged)
    const check = () => checkPortableModel(damaged)
    expect(check).toThrow(OssatureError)
    expect(check).toThrow(message)
  })
})

it('operators of one runtime are not exported', () => {
  const attributes = { transA: 0, transB: 1, alpha: 1, batch: [] }
  const graph = trace({ x: f32(2, 3) }, ({ x }) => ({ y: apply('FusedMatMul', [x, x], attributes) }))
  expect(() => exportOnnx(graph)).toThrow(/portable/)
})
