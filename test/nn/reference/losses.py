"""Losses and their gradients in PyTorch, one file per section: python losses.py, which writes ../fixtures/losses/*.json

Losses that PyTorch does not have are written down from their papers' formulas, sample by sample.
"""

import torch
import torch.nn.functional as F

from fixture import generator, gradients, integers, uniform, write_cases, written

CASES = []


def case(loss, inputs, compute, options=None, wanted=('input',), name=''):
    """compute(**inputs) is the loss; `wanted` names the inputs whose gradient is given."""
    options = options or {}
    for key in wanted:
        inputs[key].requires_grad_()
    value = compute(**inputs)
    seed = torch.cos(torch.arange(value.numel(), dtype=torch.float64)).round(decimals=4).reshape(value.shape)
    expected = {'loss': written(value), 'gradients': gradients(value, seed, {k: inputs[k] for k in wanted})}
    entries = {k: written(v) for k, v in inputs.items()}
    CASES.append({'loss': loss, 'name': name, 'options': options, 'inputs': {**entries, 'seed': written(seed)},
                  'expected': expected})


def torch_options(options):
    renamed = {'labelSmoothing': 'label_smoothing', 'ignoreIndex': 'ignore_index', 'logTarget': 'log_target',
               'epsilon': 'eps'}
    return {renamed.get(k, k): v for k, v in options.items()}


def cross_entropy():
    random = generator(1)

    def run(name, input, target, weight=None, wanted=('input',), **options):
        inputs = dict(input=input, target=target, **({} if weight is None else {'weight': weight}))
        case('crossEntropy', inputs, lambda **t: F.cross_entropy(**t, **torch_options(options)), options, wanted, name)

    logits = lambda: uniform(random, 5, 4, low=-3, high=3)
    labels = lambda: integers(random, 5, classes=4)
    weight = lambda: uniform(random, 4, low=0.2, high=2)
    run('mean', logits(), labels())
    run('one sample without batch', uniform(random, 4), torch.tensor(2))
    ignored = torch.tensor([1, -100, 3, 0, -100])
    for reduction in ('mean', 'sum', 'none'):
        run(f'all options, {reduction}', logits(), ignored, weight(), reduction=reduction, labelSmoothing=0.2, ignoreIndex=-100)
    run('ignored class', logits(), torch.tensor([1, 2, 3, 2, 0]), reduction='mean', ignoreIndex=2)
    run('ignored class, smoothed', logits(), torch.tensor([1, 2, 3, 2, 0]), reduction='mean', ignoreIndex=2, labelSmoothing=0.1)
    run('weighted', logits(), labels(), weight())
    run('frames', uniform(random, 2, 3, 4, low=-2, high=2), integers(random, 2, 4, classes=3), uniform(random, 3, low=0.5, high=1), labelSmoothing=0.1)
    soft = uniform(random, 5, 4, low=0, high=1)
    soft = (soft / soft.sum(1, keepdim=True)).round(decimals=4)
    for reduction in ('mean', 'sum', 'none'):
        run(f'probabilities, {reduction}', logits(), soft.clone(), weight(), wanted=('input', 'target'), reduction=reduction, labelSmoothing=0.3)
    run('probabilities of frames', uniform(random, 2, 3, 2), F.one_hot(integers(random, 2, 2, classes=3), 3).double().transpose(1, 2))
    huge = torch.tensor([[1e4, -1e4, 0, 5], [-1e4, -1e4, 1e4, 1e4], [3, 1e4, 1e4 - 2, -1e4]])
    run('large logits', huge.clone(), torch.tensor([1, 2, 2]))
    run('large logits, smoothed', huge.clone(), torch.tensor([0, 3, 1]), labelSmoothing=0.1)


def binary_cross_entropy():
    random = generator(2)
    names = {'positiveWeight': 'pos_weight'}

    def run(loss, name, function, wanted=('input', 'target'), inputs=None, **options):
        compute = lambda **t: function(**{names.get(k, k): v for k, v in t.items()}, **options)
        case(loss, inputs, compute, options, wanted, name)

    logits = dict(loss='binaryCrossEntropyWithLogits', function=F.binary_cross_entropy_with_logits)
    pair = lambda: dict(input=uniform(random, 3, 4, low=-4, high=4), target=uniform(random, 3, 4, low=0, high=1))
    run(**logits, name='mean', inputs=pair())
    run(**logits, name='weights', reduction='none',
        inputs=dict(**pair(), weight=uniform(random, 3, 1, low=0.5, high=2), positiveWeight=uniform(random, 4, low=0.5, high=5)))
    extremes = torch.tensor([1e4, -1e4, 1e4, -1e4, 0., 0., 20., -20., 90., -90.])
    hard = torch.tensor([1., 0., 0., 1., 1., 0., 1., 0., 0., 1.])
    run(**logits, name='large logits', inputs=dict(input=extremes.clone(), target=hard.clone()), wanted=('input',), reduction='none')
    probabilities = dict(loss='binaryCrossEntropy', function=F.binary_cross_entropy)
    share = lambda: dict(input=uniform(random, 3, 4, low=0.01, high=0.99), target=uniform(random, 3, 4, low=0, high=1))
    run(**probabilities, name='mean', inputs=share())
    run(**probabilities, name='weighted sum', inputs=dict(**share(), weight=uniform(random, 3, 4, low=0.5, high=2)), reduction='sum')
    run(**probabilities, name='certain and wrong', inputs=dict(input=torch.tensor([0., 1., 0., 1., 0.5]), target=torch.tensor([0., 1., 1., 0., 1.])), wanted=('input',), reduction='none')


def regression():
    random = generator(3)
    functions = dict(mseLoss=F.mse_loss, l1Loss=F.l1_loss, smoothL1Loss=F.smooth_l1_loss, huberLoss=F.huber_loss)
    options = [('mseLoss', {}), ('l1Loss', {}), ('smoothL1Loss', {}), ('smoothL1Loss', {'beta': 0.25}), ('smoothL1Loss', {'beta': 0.0}),
               ('huberLoss', {}), ('huberLoss', {'delta': 1.5})]
    for reduction in ('mean', 'none', 'sum'):
        for loss, extra in options:
            if extra and reduction == 'sum':
                continue
            input, target = uniform(random, 2, 5, low=-2, high=2), uniform(random, 2, 5)
            # Equal values, and a difference at which the square ends.
            input[0, 0] = target[0, 0]
            target[0, 1], input[0, 1] = 0.5, 0.75 if extra.get('beta') == 0.25 else 1.5
            case(loss, dict(input=input, target=target), lambda input, target, f=functions[loss], e=extra: f(input, target, reduction=reduction, **e),
                 dict(extra, reduction=reduction), ('input', 'target'), str(extra))


def divergence():
    random = generator(4)
    for log_target in (False, True):
        for reduction in ('mean', 'batchmean', 'sum', 'none'):
            input = torch.log_softmax(uniform(random, 3, 4, low=-2, high=2), 1).round(decimals=4)
            target = torch.softmax(uniform(random, 3, 4, low=-2, high=2), 1).round(decimals=4)
            target = torch.log(target).round(decimals=4) if log_target else target
            if not log_target:
                target[0, 1] = 0
            case('klDivergence', dict(input=input, target=target), lambda **t: F.kl_div(**t, reduction=reduction, log_target=log_target),
                 dict(reduction=reduction, logTarget=log_target), ('input', 'target') if log_target else ('input',))


def cosine():
    random = generator(5)
    for options in ({}, {'margin': 0.3}, {'margin': -0.2, 'reduction': 'none'}):
        inputs = dict(input=uniform(random, 6, 3), other=uniform(random, 6, 3), target=torch.tensor([1, -1, -1, 1, -1, 1]))
        case('cosineEmbeddingLoss', inputs, lambda input, other, target: F.cosine_embedding_loss(input, other, target, **options), options, ('input', 'other'))
    for reduction in ('mean', 'none'):
        inputs = dict(input=uniform(random, 2, 4, 3), other=uniform(random, 2, 4, 3))
        inputs['input'][0, 0] = 0
        case('cosineSimilarityLoss', inputs,
             lambda input, other: (lambda l: l.mean() if reduction == 'mean' else l)(1 - F.cosine_similarity(input, other, -1)),
             dict(reduction=reduction), ('other',), 'a vector of zeros')
        inputs = dict(input=uniform(random, 5, 3), other=uniform(random, 5, 3))
        case('cosineSimilarityLoss', inputs,
             lambda input, other: (lambda l: l.mean() if reduction == 'mean' else l)(1 - F.cosine_similarity(input, other, -1)),
             dict(reduction=reduction), ('input', 'other'))


def triplet():
    random = generator(6)
    for options in ({}, {'p': 1, 'margin': 0.5}, {'p': 3, 'reduction': 'none'}, {'p': 1.5, 'reduction': 'sum'}, {'swap': True, 'reduction': 'none'},
                    {'epsilon': 1e-3, 'margin': 2.0}):
        inputs = {k: uniform(random, 6, 3) for k in ('input', 'positive', 'negative')}
        inputs['positive'][2] = inputs['input'][2]
        case('tripletMarginLoss', inputs,
             lambda input, positive, negative: F.triplet_margin_loss(input, positive, negative, **torch_options(options)),
             options, ('input', 'positive', 'negative'))


def reduced(losses, reduction):
    return {'mean': losses.mean, 'sum': losses.sum, 'none': lambda: losses}[reduction]()


def info_nce():
    """-log of the positive's share among exp(similarity / temperature), query by query (van den Oord et al. 2018, eq. 4)."""
    random = generator(7)

    def reference(input, positive, negative=None, temperature=0.1, normalize=True, reduction='mean'):
        unit = lambda x: x / x.norm(dim=-1, keepdim=True) if normalize else x
        losses = []
        for i in range(len(input)):
            others = [positive[j] for j in range(len(input)) if j != i] if negative is None else list(negative if negative.dim() == 2 else negative[i])
            near = torch.exp(unit(input[i]) @ unit(positive[i]) / temperature)
            far = sum(torch.exp(unit(input[i]) @ unit(v) / temperature) for v in others)
            losses.append(-torch.log(near / (near + far)))
        return reduced(torch.stack(losses), reduction)

    for options in ({}, {'temperature': 0.5, 'reduction': 'none'}, {'normalize': False, 'temperature': 1.0, 'reduction': 'sum'}):
        for shape in (None, (7, 3), (4, 2, 3)):
            inputs = dict(input=uniform(random, 4, 3), positive=uniform(random, 4, 3))
            if shape:
                inputs['negative'] = uniform(random, *shape)
            case('infoNce', inputs, lambda **t: reference(**t, **options), options, tuple(inputs), f'negatives {shape}')


def supervised_contrastive():
    """L_out of Khosla et al. 2020, eq. 2, times temperature / base temperature as in the authors' code."""
    random = generator(8)

    def reference(input, label=None, temperature=0.07, baseTemperature=0.07, normalize=True, reduction='mean'):
        samples = len(input)
        views = input.shape[1] if input.dim() == 3 else 1
        anchors = [(input[n, v] if input.dim() == 3 else input[n], label[n].item() if label is not None else n) for v in range(views) for n in range(samples)]
        vectors = [x / x.norm() if normalize else x for x, _ in anchors]
        losses = []
        for i, (_, own) in enumerate(anchors):
            others = [a for a in range(len(anchors)) if a != i]
            alike = [a for a in others if anchors[a][1] == own]
            scores = torch.stack([vectors[i] @ vectors[a] / temperature for a in others])
            logs = {a: vectors[i] @ vectors[a] / temperature - torch.logsumexp(scores, 0) for a in alike}
            losses.append(-temperature / baseTemperature * sum(logs.values()) / len(alike) if alike else scores.sum() * 0)
        losses = torch.stack(losses)
        return reduced(losses.reshape(views, samples) if input.dim() == 3 else losses, reduction)

    for options in ({}, {'temperature': 0.5, 'reduction': 'none'}, {'temperature': 0.2, 'normalize': False, 'reduction': 'sum'}):
        case('supervisedContrastive', dict(input=uniform(random, 4, 2, 3), label=torch.tensor([2, 0, 2, 5])), lambda **t: reference(**t, **options), options)
        case('supervisedContrastive', dict(input=uniform(random, 5, 3), label=torch.tensor([1, 1, 0, 1, 7])), lambda **t: reference(**t, **options), options, name='one view')
    case('supervisedContrastive', dict(input=uniform(random, 3, 2, 3)), lambda **t: reference(**t), {}, name='no labels')


def focal():
    random = generator(9)

    def reference(input, label, weight=None, gamma=2.0, reduction='mean'):
        p = torch.softmax(input, 1).gather(1, label[:, None])[:, 0]
        losses = -(1 - p) ** gamma * torch.log(p)
        return reduced(losses * weight[label] if weight is not None else losses, reduction)

    for options in ({}, {'gamma': 0.5, 'reduction': 'none'}, {'gamma': 3.0, 'reduction': 'sum'}, {'gamma': 0.0}, {'gamma': 1.0}):
        inputs = dict(input=uniform(random, 5, 4, low=-3, high=3), label=integers(random, 5, classes=4))
        case('focalLoss', inputs, lambda **t: reference(**t, **options), options)
    inputs = dict(input=uniform(random, 5, 4), label=integers(random, 5, classes=4), weight=uniform(random, 4, low=0.5, high=2))
    case('focalLoss', inputs, lambda **t: reference(**t), {}, name='weighted')

    def binary(input, target, gamma=2.0, alpha=0.25, reduction='mean'):
        p = torch.sigmoid(input)
        share = p * target + (1 - p) * (1 - target)
        losses = F.binary_cross_entropy_with_logits(input, target, reduction='none') * (1 - share) ** gamma
        return reduced(losses if alpha is None else (alpha * target + (1 - alpha) * (1 - target)) * losses, reduction)

    for options in ({}, {'gamma': 1.5, 'alpha': 0.6, 'reduction': 'none'}, {'alpha': None, 'reduction': 'sum'}):
        inputs = dict(input=uniform(random, 3, 4, low=-4, high=4), target=integers(random, 3, 4, classes=2).double())
        case('sigmoidFocalLoss', inputs, lambda **t: binary(**t, **options), options)


def long_tail():
    random = generator(10)
    counts = torch.tensor([120, 30, 7, 1])
    pair = lambda: dict(input=uniform(random, 5, 4), label=integers(random, 5, classes=4))
    for reduction in ('mean', 'none'):
        case('balancedSoftmaxLoss', pair(), lambda input, label: F.cross_entropy(input + torch.log(counts.double()), label, reduction=reduction),
             dict(counts=counts.tolist(), reduction=reduction))
    for options in ({}, {'largestMargin': 0.3, 'scale': 10.0, 'reduction': 'none'}):
        margins = counts ** -0.25 * options.get('largestMargin', 0.5) / (counts ** -0.25).max()
        compute = lambda input, label, weight=None: F.cross_entropy(
            options.get('scale', 30) * (input - F.one_hot(label, 4) * margins), label, weight, reduction=options.get('reduction', 'mean'))
        case('ldamLoss', pair(), compute, dict(counts=counts.tolist(), **options))
        case('ldamLoss', dict(**pair(), weight=uniform(random, 4, low=0.5, high=2)), compute, dict(counts=counts.tolist(), **options), name='weighted')


SECTIONS = {
    'cross-entropy': cross_entropy,
    'binary-cross-entropy': binary_cross_entropy,
    'regression': regression,
    'kl-divergence': divergence,
    'cosine': cosine,
    'triplet-margin': triplet,
    'info-nce': info_nce,
    'supervised-contrastive': supervised_contrastive,
    'focal': focal,
    'long-tail': long_tail,
}
for section, write in SECTIONS.items():
    CASES.clear()
    write()
    write_cases(f'losses/{section}', CASES)
