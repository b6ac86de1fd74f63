import { fromBinary } from '@bufbuild/protobuf'
import { OssatureError } from '../errors.ts'
import { type ModelProto, ModelProtoSchema } from '../tensor/onnx/onnx_pb.ts'
import { type ClassifierFacts, METADATA } from '../train/export-classifier.ts'

/**
 * What a `model.onnx` of a run says of itself: classes, layout, and how clips are prepared.
 * @throws OssatureError when the bytes are no ONNX model, or one that is not from here
 */
export function readClassifierFacts(model: Uint8Array): ClassifierFacts {
  const metadata = new Map(parse(model).metadataProps.map(({ key, value }) => [key, value]))
  const format = metadata.get(METADATA.format)
  const text = metadata.get(METADATA.facts)
  if (text === undefined || format !== '1') {
    throw new OssatureError('the model does not say how clips are prepared for it', {
      expected: `metadata ${METADATA.format} = 1 and ${METADATA.facts}`,
      found: [...metadata.keys()].join(', ') || 'no metadata',
      hint: 'Take the model.onnx from the folder of a run.',
    })
  }
  return checked(JSON.parse(text))
}

function parse(model: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, model)
  } catch (error) {
    throw new OssatureError('this is no ONNX model', { found: `${model.length} bytes: ${(error as Error).message}` })
  }
}

function checked(facts: Partial<ClassifierFacts>): ClassifierFacts {
  const { layout, classes, recipe } = facts
  if (typeof layout !== 'string' || !Array.isArray(classes) || typeof recipe?.clipLength !== 'number') {
    throw new OssatureError('the metadata of the model are damaged', {
      where: METADATA.facts,
      expected: 'layout, classes and recipe',
      found: Object.keys(facts).join(', ') || 'nothing',
    })
  }
  return facts as ClassifierFacts
}
