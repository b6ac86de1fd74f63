"""Numbers from names, so that both sides of a comparison start from equal weights and clips.

The rules are those of the project's numeric fixtures: an FNV-1a hash of the name, mixed with the index.
"""

import numpy as np
import torch


def hashed(name, shape):
    """u in [0, 1), float64, of the given shape."""
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    x = np.arange(int(np.prod(shape)), dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(seed)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return (x / 2.0 ** 32).reshape(shape)


def parameter(name, shape):
    """Value of the model tensor `name`, float32."""
    u = hashed(name, shape)
    if len(shape) >= 2:
        value = (2 * u - 1) * np.sqrt(3 / np.prod(shape[1:]))
    elif name.endswith('running_var') or name.endswith('weight'):
        value = 0.5 + u
    else:
        value = (2 * u - 1) * 0.1
    return value.astype(np.float32)


def signal(name, shape, scale=1.0):
    """Input values in [-scale, scale), float32."""
    return ((2 * hashed(name, shape) - 1) * scale).astype(np.float32)


def labels(name, count, classes):
    """`count` class indices, int64."""
    return np.floor(hashed(name, (count,)) * classes).astype(np.int64)


def fill(model, keep=()):
    """Fills every floating-point parameter and buffer by its name, except buffers whose name ends in one of `keep`."""
    with torch.no_grad():
        for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
            kept = any(name == ending or name.endswith('.' + ending) for ending in keep)
            if tensor.is_floating_point() and not kept:
                tensor.copy_(torch.from_numpy(parameter(name, tuple(tensor.shape))))
