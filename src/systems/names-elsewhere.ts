/**
 * What options are called in the configurations of PYSKL and of the CTR-GCN family, by those names without case and
 * underscores. Only for hints: no option has a second name.
 */
const OURS: Readonly<Record<string, string>> = {
  ...{ lr: 'learningRate', baselr: 'learningRate', step: 'milestones', warmupepoch: 'warmUp' },
  ...{ totalepochs: 'epochs', maxepochs: 'epochs', numepoch: 'epochs', times: 'repeat', interval: 'evaluateEvery' },
  ...{ videospergpu: 'batchSize', samplespergpu: 'batchSize', bs: 'batchSize', workerspergpu: 'loaders' },
  ...{ numworker: 'loaders', numworkers: 'loaders', wd: 'weightDecay' },
  ...{ cliplen: 'clipLength', windowsize: 'clipLength', window: 'clipLength', numclips: 'testClips' },
  ...{ feats: 'stream', modality: 'stream', model: 'backbone', network: 'backbone', arch: 'backbone' },
  ...{ basechannels: 'width', numperson: 'persons', numpersonout: 'persons', split: 'protocol', randomrot: 'rotation' },
}

/** The option that another program calls `name`, where it is among `names`. */
export function nameElsewhere(name: string, names: readonly string[]): string | undefined {
  const plain = name.toLowerCase().replace(/[-_]/g, '')
  const ours = Object.hasOwn(OURS, plain) ? OURS[plain] : undefined
  return ours !== undefined && names.includes(ours) ? ours : undefined
}
