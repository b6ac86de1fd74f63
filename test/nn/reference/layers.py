"""Layers, their gradients and their running statistics in PyTorch, one file per section: python layers.py, which writes
../fixtures/layers/*.json

A case has one or more steps of one layer: training or evaluation on inputs of its own. Gradients are those of
sum(output * seed).
"""

import torch
from torch import nn

from fixture import generator, gradients, integers, uniform, write_cases, written

CASES = []


def case(layer, arguments, options, module, random, steps, name='', outputs=('output',)):
    """`steps`: (training, inputs by name, call of the module with these inputs that gives one tensor per output)."""
    with torch.no_grad():
        for parameter_name, parameter in module.named_parameters():
            parameter.copy_(uniform(random, *parameter.shape, low=-0.8, high=0.8))
    parameters = dict(module.named_parameters())
    written_steps = []
    start = {k: written(v) for k, v in parameters.items()}
    for training, inputs, call in steps:
        module.train(training)
        floats = {k: v.requires_grad_() for k, v in inputs.items() if v.dtype.is_floating_point and k != 'mask'}
        results = dict(zip(outputs, call(**inputs)))
        seeds = {k: torch.cos(torch.arange(v.numel(), dtype=torch.float64) + i).round(decimals=4).reshape(v.shape)
                 for i, (k, v) in enumerate(results.items())}
        loss = sum((results[k] * seeds[k]).sum() for k in results)
        expected = {'outputs': {k: written(v) for k, v in results.items()},
                    'gradients': gradients(loss, torch.tensor(1.), {**floats, **parameters}),
                    'buffers': {k: written(v.double()) for k, v in module.named_buffers()}}
        written_steps.append({'training': training, 'inputs': {k: written(v) for k, v in inputs.items()},
                              'seeds': {k: written(v) for k, v in seeds.items()}, 'expected': expected})
    CASES.append({'layer': layer, 'name': name, 'arguments': arguments, 'options': options, 'parameters': start, 'steps': written_steps})


def one(module):
    return lambda x: (module(x),)


def layer_norm():
    random = generator(1)
    for arguments, options, shape in [
        ([4], {}, (2, 3, 4)), ([[3, 4]], {}, (2, 3, 4)), ([4], {'affine': False}, (3, 4)),
        ([4], {'bias': False, 'epsilon': 0.1}, (2, 4)), ([[2, 2, 3]], {}, (2, 2, 2, 3)),
    ]:
        module = nn.LayerNorm(*arguments, eps=options.get('epsilon', 1e-5), elementwise_affine=options.get('affine', True), bias=options.get('bias', True))
        case('LayerNorm', arguments, options, module, random, [(True, dict(x=uniform(random, *shape, low=-1, high=3)), one(module))])


def group_norm():
    random = generator(2)
    for arguments, options, shape in [
        ([2, 4], {}, (2, 4, 3)), ([1, 3], {}, (2, 3, 2, 2)), ([3, 3], {'affine': False}, (2, 3, 4)), ([2, 4], {'epsilon': 0.1}, (3, 4)),
        ([2, 2], {}, (2, 2, 2, 1, 3)),
    ]:
        module = nn.GroupNorm(*arguments, eps=options.get('epsilon', 1e-5), affine=options.get('affine', True))
        case('GroupNorm', arguments, options, module, random, [(True, dict(x=uniform(random, *shape, low=-1, high=3)), one(module))])


def statistics_steps(random, module, shape, evaluations=1):
    draw = lambda: dict(x=uniform(random, *shape, low=-1, high=3))
    return [(True, draw(), one(module)), (True, draw(), one(module))] + [(False, draw(), one(module))] * evaluations


def instance_norm():
    random = generator(3)
    modules = {3: nn.InstanceNorm1d, 4: nn.InstanceNorm2d, 5: nn.InstanceNorm3d}
    for options, shape in [
        ({}, (2, 3, 4)), ({'affine': True}, (2, 2, 3, 2)), ({'affine': True, 'epsilon': 0.1}, (1, 2, 2, 2, 2)),
        ({'affine': True, 'trackRunningStatistics': True}, (3, 2, 4)), ({'trackRunningStatistics': True, 'momentum': 0.3}, (2, 2, 2, 3)),
    ]:
        module = modules[len(shape)](shape[1], eps=options.get('epsilon', 1e-5), momentum=options.get('momentum', 0.1),
                                     affine=options.get('affine', False), track_running_stats=options.get('trackRunningStatistics', False))
        case('InstanceNorm', [shape[1]], options, module, random, statistics_steps(random, module, shape))


def batch_norm():
    random = generator(4)
    modules = {2: nn.BatchNorm1d, 3: nn.BatchNorm1d, 4: nn.BatchNorm2d, 5: nn.BatchNorm3d}
    for options, shape in [
        ({}, (5, 2)), ({}, (3, 2, 2)), ({}, (2, 2, 2, 1, 3)), ({'affine': False}, (2, 3, 2, 2)), ({'momentum': None}, (4, 2, 2)),
        ({'trackRunningStatistics': False}, (4, 2)), ({'affine': False, 'momentum': None, 'epsilon': 0.1}, (4, 2)), ({'momentum': 0.5}, (4, 2)),
    ]:
        module = modules[len(shape)](shape[1], eps=options.get('epsilon', 1e-5), momentum=options.get('momentum', 0.1),
                                     affine=options.get('affine', True), track_running_stats=options.get('trackRunningStatistics', True))
        case('BatchNorm', [shape[1]], options, module, random, statistics_steps(random, module, shape))


def recurrent():
    random = generator(5)

    def run(layer, inputs, hidden, options, given, batch=2, frames=4):
        kind = {'Gru': nn.GRU, 'Lstm': nn.LSTM}[layer]
        layers, directions = options.get('layers', 1), 2 if options.get('bidirectional') else 1
        first = options.get('batchFirst', True)
        module = kind(inputs, hidden, num_layers=layers, bias=options.get('bias', True), batch_first=first, bidirectional=directions == 2)
        x = uniform(random, *((batch, frames) if first else (frames, batch)), inputs)
        states = {name: uniform(random, layers * directions, batch, hidden) for name in (('hidden',) if layer == 'Gru' else ('hidden', 'cell'))}
        outputs = ('output', *(f'last {name}' for name in states))

        def call(x, hidden=None, cell=None):
            initial = None if hidden is None else hidden if cell is None else (hidden, cell)
            output, last = module(x, initial)
            return (output, last) if torch.is_tensor(last) else (output, *last)

        case(layer, [inputs, hidden], options, module, random, [(True, dict(x=x, **(states if given else {})), call)], f'initial state {given}', outputs)

    for layer in ('Gru', 'Lstm'):
        run(layer, 2, 3, {}, False)
        run(layer, 2, 3, {'batchFirst': False}, True)
        run(layer, 3, 2, {'layers': 2, 'bidirectional': True}, True, frames=3)
        run(layer, 2, 2, {'bias': False, 'bidirectional': True}, False)
        run(layer, 1, 2, {}, True, batch=1, frames=1)


def attention():
    random = generator(6)

    def run(size, heads, options, masks=(), queries=3, keys=None, name=''):
        # `keys`: their number, or None for self-attention.
        first = options.get('batchFirst', True)
        module = nn.MultiheadAttention(size, heads, bias=options.get('bias', True), kdim=options.get('keySize'), vdim=options.get('valueSize'), batch_first=first)
        sequence = lambda length, width: uniform(random, *((2, length) if first else (length, 2)), width)
        inputs = dict(query=sequence(queries, size))
        if keys:
            inputs.update(key=sequence(keys, options.get('keySize', size)), value=sequence(keys, options.get('valueSize', size)))
        length = keys or queries
        if 'causal' in masks:
            inputs['mask'] = torch.ones(queries, length).tril().bool()
        if 'by sample' in masks:
            inputs['mask'] = torch.rand(2, queries, length, generator=random) < 0.6
            inputs['mask'][..., 0] = True
        if 'additive' in masks:
            inputs['mask'] = uniform(random, queries, length)
        if 'padding' in masks:
            inputs['keyPadding'] = torch.zeros(2, length).bool()
            inputs['keyPadding'][1, -1] = True

        def call(query, key=None, value=None, mask=None, keyPadding=None):
            key, value = (query, query) if key is None else (key, value)
            if mask is not None and mask.dtype == torch.bool:
                mask = ~mask
            if mask is not None and mask.dim() == 3:
                mask = mask.repeat_interleave(heads, 0)
            if keyPadding is not None and mask is not None and mask.dtype != torch.bool:
                keyPadding = torch.zeros(keyPadding.shape).masked_fill(keyPadding, float('-inf'))
            return module(query, key, value, attn_mask=mask, key_padding_mask=keyPadding, average_attn_weights=False)

        case('MultiHeadAttention', [size, heads], options, module, random, [(True, inputs, call)], name or ' '.join(masks), ('output', 'weights'))

    run(4, 2, {})
    run(4, 2, {'batchFirst': False}, ('causal',))
    run(4, 2, {}, ('causal', 'padding'))
    run(4, 1, {}, ('additive', 'padding'))
    run(4, 2, {}, ('by sample',), keys=2)
    run(4, 2, {'bias': False}, keys=3)
    run(4, 2, {'keySize': 3, 'valueSize': 2}, ('padding',), queries=2, keys=3)
    run(4, 4, {'keySize': 3, 'batchFirst': False, 'bias': False}, queries=2, keys=3)


def transformer():
    random = generator(7)
    for options in ({}, {'normFirst': True, 'activation': 'gelu'}, {'batchFirst': False, 'epsilon': 0.1}, {'activation': 'gelu'}):
        module = nn.TransformerEncoderLayer(4, 2, 5, dropout=0, activation=options.get('activation', 'relu'), layer_norm_eps=options.get('epsilon', 1e-5),
                                            batch_first=options.get('batchFirst', True), norm_first=options.get('normFirst', False))
        case('TransformerEncoderLayer', [4, 2], {**options, 'feedForward': 5, 'dropout': 0}, module, random, [(True, dict(x=uniform(random, 2, 3, 4)), one(module))])
    module = nn.TransformerEncoderLayer(4, 2, 3, dropout=0, batch_first=True)
    mask = torch.ones(3, 3).tril().bool()
    case('TransformerEncoderLayer', [4, 2], {'feedForward': 3, 'dropout': 0}, module, random,
         [(True, dict(x=uniform(random, 2, 3, 4), mask=mask), lambda x, mask: (module(x, src_mask=~mask),))], 'causal')


def small_layers():
    random = generator(8)
    for options in ({}, {'paddingIndex': 1}, {'paddingIndex': -1}):
        module = nn.Embedding(4, 3, padding_idx=options.get('paddingIndex'))
        indices = integers(random, 2, 5, classes=4)
        case('Embedding', [4, 3], options, module, random, [(True, dict(x=indices), one(module))])
    for slopes, shape in ((1, (2, 3)), (3, (2, 3, 2))):
        module = nn.PReLU(slopes)
        x = uniform(random, *shape)
        x[0, 0] = 0
        case('Prelu', [slopes], {}, module, random, [(True, dict(x=x), one(module))])


SECTIONS = {
    'layer-norm': layer_norm,
    'group-norm': group_norm,
    'instance-norm': instance_norm,
    'batch-norm': batch_norm,
    'recurrent': recurrent,
    'attention': attention,
    'transformer': transformer,
    'small-layers': small_layers,
}
for section, write in SECTIONS.items():
    CASES.clear()
    write()
    write_cases(f'layers/{section}', CASES)
