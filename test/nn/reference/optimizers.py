"""Values after five optimiser steps in PyTorch, for the tests of the optimisers: python optimizers.py > ../fixtures/optimizers.json

The loss is sum(scale p^2) + exp(q / 2) p_0; the parameter `unused` is not in it.
"""

import json

import torch

SCALES = torch.tensor([1., 2., 3.])
RATES = [0.1, 0.1 / 2, 0.1 / 3, 0.1 / 4, 0.1 / 5]
CASES = [
    ('Sgd', {}),
    ('Sgd', dict(momentum=0.9)),
    ('Sgd', dict(momentum=0.9, nesterov=True, weightDecay=0.01)),
    ('Sgd', dict(weightDecay=0.1)),
    ('Sgd', dict(momentum=0.9, clipNorm=2.5)),
    ('Sgd', dict(momentum=0.9, clipNorm=1000)),
    ('Sgd', dict(clipValue=1.5)),
    ('Sgd', dict(momentum=0.9, weightDecay=0.1, groups=True)),
    ('Adam', {}),
    ('Adam', dict(weightDecay=0.1)),
    ('Adam', dict(betas=[0.5, 0.9], epsilon=1e-3)),
    ('Adam', dict(clipNorm=2.5, groups=True)),
    ('AdamW', {}),
    ('AdamW', dict(weightDecay=0.3, betas=[0.8, 0.99])),
    ('AdamW', dict(weightDecay=0.3, groups=True)),
]


def run(name, options):
    p = torch.nn.Parameter(torch.tensor([1., -2., 0.5]))
    q = torch.nn.Parameter(torch.tensor([3.]))
    unused = torch.nn.Parameter(torch.tensor([4.]))
    kind = {'Sgd': torch.optim.SGD, 'Adam': torch.optim.Adam, 'AdamW': torch.optim.AdamW}[name]
    renamed = {'weightDecay': 'weight_decay', 'epsilon': 'eps', 'betas': 'betas', 'momentum': 'momentum', 'nesterov': 'nesterov'}
    arguments = {renamed[k]: v for k, v in options.items() if k in renamed}
    # The second group has half the learning rate and no weight decay.
    groups = [dict(params=[p]), dict(params=[q, unused], weight_decay=0.)] if options.get('groups') else [p, q, unused]
    optimizer = kind(groups, lr=RATES[0], **arguments)
    for rate in RATES:
        for i, group in enumerate(optimizer.param_groups):
            group['lr'] = rate * (0.5 if i == 1 else 1)
        optimizer.zero_grad()
        ((SCALES * p ** 2).sum() + torch.exp(q / 2).squeeze() * p[0]).backward()
        if 'clipNorm' in options:
            torch.nn.utils.clip_grad_norm_([p, q, unused], options['clipNorm'])
        if 'clipValue' in options:
            torch.nn.utils.clip_grad_value_([p, q, unused], options['clipValue'])
        optimizer.step()
    return {key: [round(v, 7) for v in value.tolist()] for key, value in (('p', p), ('q', q), ('unused', unused))}


cases = [dict(optimizer=name, options=options, **run(name, options)) for name, options in CASES]
print('[\n' + ',\n'.join(json.dumps(case) for case in cases) + '\n]')
