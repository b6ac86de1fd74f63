import { OssatureError } from '../../../src/errors.ts'
import type { Backbone3d } from '../../../src/models/posec3d/backbone3d.ts'
import { C3d } from '../../../src/models/posec3d/c3d.ts'
import { I3dHead } from '../../../src/models/posec3d/i3d-head.ts'
import { Recognizer3d } from '../../../src/models/posec3d/recognizer3d.ts'
import { ResNet3dSlowOnly } from '../../../src/models/posec3d/resnet3d-slowonly.ts'
import { nameParts } from '../../../src/nn/index.ts'
import type { Adapter } from '../../adapter.ts'
import { checkClassifier } from '../../networks/check-classifier.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' configuration dictionaries
type Config = any

export const adapter: Adapter = {
  system: 'backbones',
  kind: 'network-posec3d',
  run(test, check) {
    const { backbone, cls_head } = test.config
    const head = new I3dHead(cls_head.in_channels, cls_head.num_classes, cls_head.dropout)
    const model = nameParts(new Recognizer3d(backboneOf(backbone), head))
    const { imgs, labels } = test.inputs
    return checkClassifier(test, check, model, test.values(imgs), labels && test.values(labels))
  },
}

function backboneOf(config: Config): Backbone3d {
  switch (config.type) {
    case 'ResNet3dSlowOnly':
      return new ResNet3dSlowOnly({
        inChannels: config.in_channels,
        baseChannels: config.base_channels,
        numStages: config.num_stages,
        stageBlocks: config.stage_blocks ?? undefined,
        spatialStrides: config.spatial_strides,
        temporalStrides: config.temporal_strides,
        conv1Stride: config.conv1_stride,
        pool1Stride: config.pool1_stride,
        inflate: config.inflate,
        outIndex: config.out_indices?.at(-1),
      })
    case 'C3D':
      return new C3d({
        inChannels: config.in_channels,
        baseChannels: config.base_channels,
        numStages: config.num_stages,
        temporalDownsample: config.temporal_downsample,
      })
    default:
      throw new OssatureError(`no network for the backbone ${config.type}`)
  }
}
