"""What the reference scripts share: values with four decimals, results in float64 with seven digits."""

import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)


def generator(seed):
    return torch.Generator().manual_seed(seed)


def uniform(random, *shape, low=-1.0, high=1.0):
    return (torch.rand(shape, generator=random) * (high - low) + low).round(decimals=4)


def integers(random, *shape, classes):
    return torch.randint(0, classes, shape, generator=random)


def written(tensor):
    """A tensor as shape and values; the element type of integers and booleans beside them."""
    tensor = tensor.detach()
    if tensor.dtype.is_floating_point:
        return {'shape': list(tensor.shape), 'values': [float(f'{v:.7g}') for v in tensor.flatten().tolist()]}
    dtype = 'bool' if tensor.dtype == torch.bool else 'i32'
    return {'shape': list(tensor.shape), 'values': [int(v) for v in tensor.flatten().tolist()], 'dtype': dtype}


def gradients(output, seed, tensors):
    """Gradients of sum(output * seed) by name; those that do not depend on it are left out."""
    found = torch.autograd.grad((output * seed).sum(), list(tensors.values()), allow_unused=True)
    return {name: written(d) for name, d in zip(tensors, found) if d is not None}


def write_cases(name, cases):
    path = Path(__file__).parent.parent / 'fixtures' / f'{name}.json'
    path.write_text('[\n' + ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases) + '\n]\n')
