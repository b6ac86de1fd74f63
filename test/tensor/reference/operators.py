"""Operators and their gradients in PyTorch: python operators.py > ../fixtures/operators.json

Gradients are those of sum(output * seed). NaN and infinities are written as strings.
"""

import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(1)
CASES = []


def uniform(*shape, low=-1.0, high=1.0):
    return (torch.rand(shape, generator=random) * (high - low) + low).round(decimals=4)


def number(v):
    if math.isnan(v):
        return 'NaN'
    if math.isinf(v):
        return 'Infinity' if v > 0 else '-Infinity'
    return float(f'{v:.7g}')


def written(tensor):
    return {'shape': list(tensor.shape), 'values': [number(v) for v in tensor.detach().double().flatten().tolist()]}


def case(operator, compute, inputs, options=None, name='', wanted=None):
    """compute(*inputs) is the output; `wanted` names the inputs that have gradients, all of them when absent."""
    wanted = list(inputs) if wanted is None else wanted
    for key in wanted:
        inputs[key].requires_grad_()
    output = compute(*inputs.values())
    seed = torch.cos(torch.arange(output.numel(), dtype=torch.float64)).round(decimals=4).reshape(output.shape)
    found = torch.autograd.grad((output * seed).sum(), [inputs[k] for k in wanted]) if wanted else []
    CASES.append({'operator': operator, 'name': name, 'options': options or {},
                  'inputs': {k: written(v) for k, v in inputs.items()}, 'seed': written(seed),
                  'output': written(output), 'gradients': {k: written(d) for k, d in zip(wanted, found)}})


def elementwise():
    special = torch.tensor([math.nan, math.inf, -math.inf, 0.0, -0.5, 0.5, 1.0, -1.0])
    anywhere = lambda: uniform(2, 5, low=-4, high=4)
    functions = {
        'exp': torch.exp, 'sin': torch.sin, 'cos': torch.cos, 'atan': torch.atan, 'tanh': torch.tanh,
        'sigmoid': torch.sigmoid, 'erf': torch.erf, 'absolute': torch.abs, 'relu': torch.relu,
        'silu': F.silu, 'softplus': F.softplus, 'logSigmoid': F.logsigmoid, 'hardSigmoid': F.hardsigmoid,
        'hardSwish': F.hardswish, 'leakyRelu': F.leaky_relu, 'elu': F.elu, 'gelu': F.gelu,
    }
    for name, compute in functions.items():
        case(name, compute, {'x': anywhere()})
        case(name, compute, {'x': special.clone()}, name='special values', wanted=[])
    for name, compute in {'floor': torch.floor, 'ceil': torch.ceil, 'round': torch.round, 'sign': torch.sign}.items():
        # torch.sign gives 0 for NaN.
        case(name, compute, {'x': torch.cat([special[1 if name == 'sign' else 0:], torch.tensor([1.5, 2.5, -1.5, -2.7, 2.2])])}, wanted=[])
    for name, compute in {'asin': torch.asin, 'acos': torch.acos}.items():
        case(name, compute, {'x': uniform(6, low=-0.95, high=0.95)})
        case(name, compute, {'x': torch.tensor([-1.0, 1.0, 1.5, math.nan])}, name='ends', wanted=[])
    case('gelu', lambda x: F.gelu(x, approximate='tanh'), {'x': anywhere()}, {'approximate': 'tanh'})
    case('softplus', lambda x: F.softplus(x, beta=2.5), {'x': anywhere()}, {'beta': 2.5})
    case('softplus', F.softplus, {'x': torch.tensor([1e4, 80.0, 25.0, -25.0, -80.0, -1e4])}, name='far out')
    case('leakyRelu', lambda x: F.leaky_relu(x, 0.2), {'x': anywhere()}, {'slope': 0.2})
    case('elu', lambda x: F.elu(x, 1.7), {'x': torch.cat([uniform(5, low=-4, high=4), torch.zeros(1)])}, {'alpha': 1.7})
    case('prelu', F.prelu, {'x': uniform(2, 3, 4), 'weight': uniform(3)}, name='per channel')
    case('prelu', F.prelu, {'x': uniform(2, 3), 'weight': uniform(1)}, name='one weight')


def arithmetic():
    case('power', torch.pow, {'a': uniform(2, 3, low=0.5, high=2), 'b': uniform(3, low=-2, high=2)})
    case('power', torch.pow, {'a': torch.tensor([0.0, 0.0, 0.0, 2.0, 1.0]), 'b': torch.tensor([0.0, 1.0, 2.5, 0.0, 3.0])},
         name='zeros')
    case('power', torch.pow, {'a': torch.tensor([-2.0, -1.5, 0.0, math.nan, 1.0, math.inf]),
                              'b': torch.tensor([3.0, -2.0, -1.0, 0.0, math.nan, -1.0])}, name='special values', wanted=[])
    case('power', lambda x: x ** 3, {'a': uniform(5)}, {'exponent': 3})
    case('power', lambda x: x ** 2, {'a': uniform(5)}, {'exponent': 2})
    case('power', lambda x: x ** 0, {'a': torch.tensor([0.0, -1.0, 2.0])}, {'exponent': 0})
    case('power', lambda x: x ** 1, {'a': torch.tensor([0.0, -1.0, 2.0])}, {'exponent': 1})
    values = torch.tensor([-5.3, -3.0, -0.2, 0.0, 0.2, 3.0, 5.3])
    for divisor in (2.0, -2.0):
        case('modulo', torch.remainder, {'a': values.clone(), 'b': torch.tensor(divisor)}, wanted=['a'])
    case('modulo', torch.remainder, {'a': uniform(2, 3, low=-5, high=5), 'b': uniform(3, low=0.7, high=1.5)})
    y = torch.tensor([0.0, 0.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 0.0, -0.0, 2.0, math.nan, math.inf, 1.0])
    x = torch.tensor([0.0, -1.0, 0.0, 0.0, -0.0, -2.0, -2.0, 2.0, 1.0, 0.0, math.inf, 1.0, -math.inf, math.nan])
    case('atan2', torch.atan2, {'a': y, 'b': x}, name='special values', wanted=[])
    case('atan2', torch.atan2, {'a': uniform(4, 1), 'b': uniform(3)})
    case('maximum', torch.maximum, {'a': torch.tensor([math.nan, 1.0, -math.inf, math.inf]),
                                    'b': torch.tensor([0.0, math.nan, 2.0, 3.0])}, name='special values', wanted=[])
    case('minimum', torch.minimum, {'a': torch.tensor([math.nan, 1.0, -math.inf, math.inf]),
                                    'b': torch.tensor([0.0, math.nan, 2.0, 3.0])}, name='special values', wanted=[])


def reductions():
    table = torch.tensor([[-math.inf] * 4, [0, math.nan, 1, 2], [-math.inf, 0, -math.inf, 1], [math.inf, 0, 1, 2],
                          [1e4, -1e4, 0, 1e4], [3, 1, 2, math.nan], [-1e4, -1e4, -1e4, -9999]])
    for name, compute in {'max': torch.amax, 'min': torch.amin, 'sum': torch.sum, 'logSumExp': torch.logsumexp}.items():
        case(name, lambda x: compute(x, dim=1), {'x': table.clone()}, {'axes': [1]}, 'special values', wanted=[])
    ties = torch.tensor([[1.0, 4, 4, 2], [0, 0, 0, 0], [5, -1, 5, 5]])
    case('max', lambda x: torch.amax(x, dim=1), {'x': ties.clone()}, {'axes': [1]}, 'ties')
    case('min', lambda x: torch.amin(x, dim=1), {'x': ties.clone()}, {'axes': [1]}, 'ties')
    case('max', lambda x: torch.amax(x, dim=(0, 2)), {'x': uniform(2, 3, 4)}, {'axes': [0, -1]})
    infinite = torch.tensor([[math.inf, 0, math.inf, 1], [-math.inf] * 4])
    case('max', lambda x: torch.amax(x, dim=1), {'x': infinite}, {'axes': [1]}, 'infinite ties')
    factors = torch.tensor([[2.0, -3, 0.5, 1.5, -1], [0, 2, 3, 1, 1], [0, 0, 3, 1, 2]])
    case('product', lambda x: torch.prod(x, dim=1), {'x': factors}, {'axes': [1]}, 'zeros')
    case('product', lambda x: x.prod(), {'x': uniform(2, 3, 2, low=0.5, high=2)})
    for correction in (0, 1):
        case('variance', lambda x: torch.var(x, dim=(0, 2), correction=correction), {'x': uniform(2, 3, 4)},
             {'axes': [0, 2], 'correction': correction})
    case('variance', lambda x: torch.var(x, dim=1), {'x': uniform(2, 1)}, {'axes': [1]}, 'one value', wanted=[])
    case('logSumExp', lambda x: torch.logsumexp(x, dim=(0, 2)), {'x': uniform(2, 3, 4, low=-3, high=3)}, {'axes': [0, 2]})
    case('logSumExp', lambda x: torch.logsumexp(x, dim=1),
         {'x': torch.tensor([[1e4, -1e4, 9999], [-1e4, -1e4, -1e4], [-math.inf, 0, 1]])}, {'axes': [1]}, 'far out')
    rows = torch.tensor([[3.0, -4, 0], [0, 0, 0], [1e-3, 2, -0.5]])
    case('l1Norm', lambda x: torch.linalg.vector_norm(x, 1, dim=1), {'x': rows.clone()}, {'axes': [1]})
    case('l2Norm', lambda x: torch.linalg.vector_norm(x, 2, dim=1), {'x': rows.clone()}, {'axes': [1]})
    case('l2Norm', lambda x: torch.linalg.vector_norm(x, 2, dim=(0, 2)), {'x': uniform(2, 3, 4)}, {'axes': [0, 2]})
    case('argMax', lambda x: torch.argmax(x, dim=1), {'x': ties.clone()}, {'axis': 1}, wanted=[])
    case('argMin', lambda x: torch.argmin(x, dim=0), {'x': uniform(4, 3)}, {'axis': 0}, wanted=[])
    logits = torch.tensor([[1e4, -1e4, 0], [-math.inf, 0, 1], [-math.inf] * 3, [0, math.nan, 1], [500, 499, 498]])
    for name, compute in {'softmax': F.softmax, 'logSoftmax': F.log_softmax}.items():
        case(name, lambda x: compute(x, dim=1), {'x': logits.clone()}, {'axis': 1}, 'special values', wanted=[])
        case(name, lambda x: compute(x, dim=0), {'x': uniform(4, 3, low=-3, high=3)}, {'axis': 0})


def distances():
    case('normalize', lambda x: F.normalize(x, dim=1), {'x': uniform(3, 4)}, {'axis': 1})
    case('normalize', lambda x: F.normalize(x, dim=-1, eps=0.5), {'x': torch.tensor([[0.3, 0.1], [0, 0], [2, -1]])},
         {'axis': -1, 'eps': 0.5}, 'short rows')
    case('cosineSimilarity', lambda a, b: F.cosine_similarity(a, b, dim=1), {'a': uniform(3, 4), 'b': uniform(3, 4)},
         {'axis': 1})
    case('cosineSimilarity', lambda a, b: F.cosine_similarity(a, b, dim=-1),
         {'a': uniform(3, 1, 4), 'b': uniform(2, 4)}, {'axis': -1}, 'broadcast')
    case('cosineSimilarity', lambda a, b: F.cosine_similarity(a, b, dim=1),
         {'a': torch.tensor([[0.0, 0], [1, 2]]), 'b': torch.tensor([[1.0, 1], [0, 0]])}, {'axis': 1}, 'zeros', wanted=[])
    squared = lambda a, b: ((a.unsqueeze(-2) - b.unsqueeze(-3)) ** 2).sum(-1)
    case('squaredDistances', squared, {'a': uniform(2, 3, 4), 'b': uniform(5, 4)})
    case('squaredDistances', squared, {'a': uniform(3, 2) + 100, 'b': uniform(4, 2) + 100}, name='far from the origin')


def linear_algebra():
    for a, b in [((3,), (3,)), ((3,), (3, 2)), ((2, 3), (3,)), ((3,), (2, 3, 2)), ((2, 2, 3), (3,)), ((2, 1, 2, 3), (3, 3, 2))]:
        case('matmul', torch.matmul, {'a': uniform(*a), 'b': uniform(*b)}, name=f'{list(a)} {list(b)}')
    equations = [('nctv,vw->nctw', (2, 2, 3, 4), (4, 3)), ('ncuv,nctv->nctu', (2, 2, 3, 4), (2, 2, 2, 4)),
                 ('ij,jk', (2, 3), (3, 4)), ('ii->i', (3, 3)), ('ii', (3, 3)), ('i,i->', (4,), (4,)),
                 ('i,j->ji', (2,), (3,)), ('b...i,...ij->...j', (2, 3, 4), (3, 4, 2)),
                 ('nkctv,kvw->nctw', (2, 3, 2, 2, 3), (3, 3, 2)), ('ab,bc,cd->ad', (2, 3), (3, 4), (4, 2)),
                 ('iij,jk->ik', (3, 3, 2), (2, 2)), ('ba', (2, 3))]
    for equation, *shapes in equations:
        inputs = {chr(97 + i): uniform(*shape) for i, shape in enumerate(shapes)}
        case('einsum', lambda *t: torch.einsum(equation, *t), inputs, {'equation': equation}, equation)

    def positive(a, part):
        q, r = torch.linalg.qr(a)
        signs = torch.sign(torch.diagonal(r, dim1=-2, dim2=-1)).detach()
        return q * signs.unsqueeze(-2) if part == 'q' else r * signs.unsqueeze(-1)

    for shape in [(4, 3), (3, 3), (2, 5, 2), (3, 1), (1, 1)]:
        a = uniform(*shape)
        for part in 'qr':
            case('qr', lambda x: positive(x, part), {'a': a.detach().clone()}, {'part': part}, f'{part} {list(shape)}')
    for lower in (False, True):
        matrix = uniform(2, 3, 3) + 2 * torch.eye(3)
        case('solveTriangular', lambda a, b: torch.linalg.solve_triangular(a.tril() if lower else a.triu(), b, upper=not lower),
             {'a': matrix, 'b': uniform(3, 2)}, {'lower': lower})


elementwise()
arithmetic()
reductions()
distances()
linear_algebra()
print('[\n' + ',\n'.join(json.dumps(c, separators=(',', ':')) for c in CASES) + '\n]')
