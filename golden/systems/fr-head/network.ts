import { OssatureError } from '../../../src/errors.ts'
import { OriginalAaGcn } from '../../../src/models/original/aagcn.ts'
import { OriginalClassifier } from '../../../src/models/original/classifier.ts'
import { OriginalCtrGcn } from '../../../src/models/original/ctrgcn.ts'
import { LearnedGraphStGcn } from '../../../src/models/original/learned-graph-stgcn.ts'
import type { StagedBackbone } from '../../../src/models/staged-backbone.ts'
import { nameParts } from '../../../src/nn/index.ts'
import { type Adjacency, graphAdjacency } from '../../../src/skeleton/graph.ts'
import { RefinedClassifier } from '../../../src/systems/fr-head/refined-classifier.ts'
import { RefinementHeads } from '../../../src/systems/fr-head/refinement-heads.ts'
import { layoutOfGraphClass } from '../../networks/original-networks.ts'
import { anyPrototypes, contrastiveOptions } from './contrastive.ts'

// biome-ignore lint/suspicious/noExplicitAny: the authors' constructor arguments
type Arguments = any

const BACKBONES: Readonly<Record<string, (graph: Adjacency, options: Arguments) => StagedBackbone>> = {
  'model.ctrgcn': (graph, { in_channels, base_channel, num_person, adaptive }) =>
    new OriginalCtrGcn(graph, {
      inChannels: in_channels,
      baseChannels: base_channel,
      numPerson: num_person,
      adaptive,
    }),
  'model.aagcn': (graph, { in_channels, num_person, adaptive, attention }) =>
    new OriginalAaGcn(graph, { inChannels: in_channels, numPerson: num_person, adaptive, attention }),
  'model.stgcn': ({ shape }, { in_channels, num_person, adaptive, num_set }) =>
    new LearnedGraphStGcn(shape[1], { inChannels: in_channels, numPerson: num_person, adaptive, subsets: num_set }),
}

/** Modules whose heads take the threshold and the map; those of the others run with 0 and true. */
const HANDS_OPTIONS_TO_HEADS = 'model.ctrgcn'

/**
 * The network of a module of the authors' code from its constructor arguments, with heads where they ask for them.
 * @throws OssatureError for an unknown module
 */
export function authorsNetwork(
  module: string,
  options: Arguments,
): OriginalClassifier<StagedBackbone> | RefinedClassifier {
  const build = BACKBONES[module]
  if (!build)
    throw new OssatureError('no network of that module', {
      expected: Object.keys(BACKBONES).join(', '),
      found: String(module),
    })
  const { num_class: classes = 60, num_frame: frames = 64, num_person: persons = 2 } = options
  const layout = layoutOfGraphClass(options.graph)
  const graph = graphAdjacency(layout, { mode: options.graph_args?.labeling_mode ?? 'spatial' })
  const classifier = new OriginalClassifier(build(graph, options), classes, { dropOut: options.drop_out })
  if (options.cl_mode !== 'ST-Multi-Level') return nameParts(classifier)
  const joints = options.num_point ?? layout.joints.length
  const own = module === HANDS_OPTIONS_TO_HEADS
  const heads = new RefinementHeads(classifier.backbone, { persons, frames, joints }, classes, anyPrototypes, {
    ...contrastiveOptions({ version: options.cl_version, use_p_map: own ? options.use_p_map : true }),
    levelWeights: options.multi_cl_weights ?? [1, 1, 1, 1],
    predictionThreshold: own ? options.pred_threshold : 0,
  })
  return nameParts(new RefinedClassifier(classifier, heads))
}
