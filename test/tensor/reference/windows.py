"""Convolution, pooling and interpolation in PyTorch, float64: python windows.py > ../fixtures/windows.json"""

import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def pattern(shape, seed):
    """Multiples of 0.02, among them equal ones."""
    values = [((i * 37 + seed * 29) % 101 - 50) / 50 for i in range(math.prod(shape))]
    return torch.tensor(values).reshape(shape)


def written(tensor):
    return {'shape': list(tensor.shape), 'values': [float(f'{v:.8g}') for v in tensor.detach().flatten().tolist()]}


def case(name, shapes, options, compute):
    tensors = {key: pattern(shape, seed).requires_grad_() for seed, (key, shape) in enumerate(shapes.items(), 1)}
    y = compute(**tensors)
    seed = pattern(y.shape, 9)
    (y * seed).sum().backward()
    return {'name': name, 'options': options, 'inputs': {key: written(tensor) for key, tensor in tensors.items()},
            'seed': written(seed), 'output': written(y),
            'gradients': {key: written(tensor.grad) for key, tensor in tensors.items()}}


def padded(x, padding):
    """Zeros in front of every spatial axis, then behind every one."""
    axes = len(padding) // 2
    ends = [n for i in reversed(range(axes)) for n in (padding[i], padding[i + axes])]
    return F.pad(x, ends)


def by_axes(axes, *functions):
    return functions[axes - 1]


def conv(name, x, w, strides=None, padding=None, dilations=None, groups=1):
    axes = len(w) - 2
    options = {'strides': strides or [1] * axes, 'padding': padding or [0] * 2 * axes,
               'dilations': dilations or [1] * axes, 'groups': groups}
    function = by_axes(axes, F.conv1d, F.conv2d, F.conv3d)
    return case(name, {'x': x, 'weight': w, 'bias': (w[0],)}, options, lambda x, weight, bias: function(
        padded(x, options['padding']), weight, bias, options['strides'], 0, options['dilations'], groups))


def conv_transpose(name, x, w, strides=None, padding=None, dilations=None, groups=1, output=None):
    axes = len(w) - 2
    cut = padding or [0] * axes
    options = {'strides': strides or [1] * axes, 'padding': cut + cut, 'dilations': dilations or [1] * axes,
               'groups': groups, 'outputPadding': output or [0] * axes}
    function = by_axes(axes, F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
    return case(name, {'x': x, 'weight': w, 'bias': (w[1] * groups,)}, options, lambda x, weight, bias: function(
        x, weight, bias, options['strides'], cut, options['outputPadding'], groups, options['dilations']))


def max_pool(name, x, kernel, strides=None, padding=None, dilations=None, ceil=False):
    axes = len(kernel)
    ends = padding or [0] * axes
    options = {'kernel': kernel, 'strides': strides or kernel, 'padding': ends + ends,
               'dilations': dilations or [1] * axes, 'ceilMode': ceil}
    function = by_axes(axes, F.max_pool1d, F.max_pool2d, F.max_pool3d)
    return case(name, {'x': x}, options,
                lambda x: function(x, kernel, options['strides'], ends, options['dilations'], ceil))


def avg_pool(name, x, kernel, strides=None, padding=None, ceil=False, include=True):
    axes = len(kernel)
    ends = padding or [0] * axes
    options = {'kernel': kernel, 'strides': strides or kernel, 'padding': ends + ends, 'ceilMode': ceil,
               'countIncludePad': include}
    function = by_axes(axes, F.avg_pool1d, F.avg_pool2d, F.avg_pool3d)
    return case(name, {'x': x}, options, lambda x: function(x, kernel, options['strides'], ends, ceil, include))


def adaptive(name, x, sizes):
    function = by_axes(len(sizes), F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.adaptive_avg_pool3d)
    return case(name, {'x': x}, {'sizes': sizes}, lambda x: function(x, sizes))


def interpolate(name, x, sizes, mode, align=None, scales=None):
    own_name = by_axes(len(sizes), 'linear', 'bilinear', 'trilinear') if mode == 'linear' else mode
    options = {'sizes': sizes, 'mode': mode}
    if align is not None:
        options['alignCorners'] = align
    if scales:
        options['scales'] = scales
    target = {'scale_factor': scales, 'recompute_scale_factor': False} if scales else {'size': sizes}
    result = case(name, {'x': x}, options, lambda x: F.interpolate(x, mode=own_name, align_corners=align, **target))
    assert result['output']['shape'][2:] == sizes
    return result


CASES = {
    'convolution': [
        conv('1-D, stride that does not divide the length', (2, 2, 8), (3, 2, 3), [3], [1, 1]),
        conv('1-D, asymmetric padding and dilation', (2, 2, 7), (2, 2, 3), [2], [3, 0], [2]),
        conv('1-D, two groups, kernel longer than the input', (1, 4, 2), (4, 2, 5), [1], [2, 2], None, 2),
        conv('2-D, strides 2 and 3, dilation, groups', (1, 4, 7, 8), (2, 2, 3, 2), [2, 3], [1, 0, 2, 1], [2, 1], 2),
        conv('2-D, depthwise with two outputs per channel', (2, 2, 5, 4), (4, 1, 3, 3), [2, 1], [1, 1, 1, 1], None, 2),
        conv('3-D, strides on all axes', (1, 2, 5, 6, 5), (2, 2, 2, 3, 3), [2, 2, 2], [0, 1, 1, 1, 1, 1]),
        conv('3-D, kernel of the space, strides', (1, 3, 4, 4, 4), (2, 3, 1, 3, 3), [2, 2, 2], [0, 1, 1, 0, 1, 1]),
        conv('3-D, groups and dilation of the time', (1, 2, 5, 3, 3), (2, 1, 3, 2, 1), [1, 2, 1], [2, 0, 0, 2, 1, 0],
             [2, 1, 1], 2),
    ],
    'transposedConvolution': [
        conv_transpose('1-D', (2, 2, 4), (2, 3, 3)),
        conv_transpose('1-D, stride, padding and output padding', (1, 2, 4), (2, 2, 4), [3], [1], None, 1, [2]),
        conv_transpose('1-D, output padding of more than the stride', (1, 2, 3), (2, 2, 2), [1], [0], [3], 1, [2]),
        conv_transpose('2-D, groups', (1, 4, 3, 2), (4, 1, 3, 2), [2, 1], [1, 0], None, 2, [1, 0]),
        conv_transpose('2-D, stride above the kernel', (2, 2, 2, 3), (2, 2, 2, 1), [3, 2]),
        conv_transpose('2-D, dilation with strides', (1, 2, 3, 3), (2, 3, 2, 3), [2, 2], [1, 2], [3, 2], 1, [1, 0]),
        conv_transpose('3-D', (1, 2, 2, 3, 2), (2, 2, 2, 3, 3), [2, 1, 2], [0, 1, 1], None, 1, [0, 0, 1]),
    ],
    'maxPool': [
        max_pool('1-D', (2, 2, 7), [3], [2], [1]),
        max_pool('2-D, windows that overlap', (1, 2, 5, 6), [3, 2], [1, 1], [1, 1]),
        max_pool('2-D, strides, padding and ceil mode', (1, 2, 6, 7), [3, 3], [2, 2], [1, 1], None, True),
        max_pool('2-D, ceil mode without a window that starts behind the input', (1, 1, 5, 4), [2, 2], [3, 3], [1, 1],
                 None, True),
        max_pool('2-D, dilation', (1, 2, 7, 6), [2, 3], [2, 1], [1, 1], [3, 2]),
        max_pool('3-D', (1, 2, 4, 6, 6), [2, 3, 3], [2, 2, 1], [0, 1, 1]),
        max_pool('3-D, space only', (2, 1, 3, 5, 4), [1, 3, 3], [1, 1, 1], [0, 1, 1]),
    ],
    'averagePool': [
        avg_pool('1-D', (2, 2, 7), [2]),
        avg_pool('1-D, padding counts', (1, 2, 7), [3], [2], [1]),
        avg_pool('1-D, padding does not count', (1, 2, 7), [3], [2], [1], False, False),
        avg_pool('2-D, ceil mode, padding counts', (1, 2, 6, 7), [3, 4], [2, 3], [1, 2], True, True),
        avg_pool('2-D, ceil mode, padding does not count', (1, 2, 6, 7), [3, 4], [2, 3], [1, 2], True, False),
        avg_pool('3-D, space only', (1, 2, 3, 4, 5), [1, 2, 2]),
        avg_pool('3-D', (1, 2, 4, 4, 5), [2, 2, 3], [2, 2, 1], [1, 0, 1]),
    ],
    'adaptiveAveragePool': [
        adaptive('1-D, evenly', (2, 2, 6), [3]),
        adaptive('1-D, overlapping windows', (1, 2, 7), [3]),
        adaptive('1-D, more windows than entries', (1, 2, 3), [5]),
        adaptive('2-D', (1, 2, 5, 7), [3, 2]),
        adaptive('3-D', (1, 2, 4, 5, 3), [2, 3, 1]),
    ],
    'interpolate': [
        interpolate('nearest, to twice the length', (2, 2, 5), [10], 'nearest'),
        interpolate('nearest, up by no whole number', (1, 2, 7), [10], 'nearest'),
        interpolate('nearest, down', (1, 2, 10), [7], 'nearest'),
        interpolate('nearest, by a scale factor', (1, 2, 7), [17], 'nearest', None, [2.5]),
        interpolate('nearest, two axes', (1, 2, 3, 4), [6, 7], 'nearest'),
        interpolate('linear, half-pixel centres, up', (2, 2, 5), [8], 'linear', False),
        interpolate('linear, half-pixel centres, down', (1, 2, 9), [4], 'linear', False),
        interpolate('linear, corners aligned, up', (1, 2, 5), [8], 'linear', True),
        interpolate('linear, corners aligned, down', (1, 2, 9), [4], 'linear', True),
        interpolate('linear, corners aligned, one entry', (1, 2, 5), [1], 'linear', True),
        interpolate('linear, from one entry', (1, 2, 1), [4], 'linear', False),
        interpolate('linear, by a scale factor', (1, 2, 7), [17], 'linear', False, [2.5]),
        interpolate('linear, two axes', (1, 2, 4, 5), [6, 3], 'linear', False),
        interpolate('linear, two axes, corners aligned', (1, 2, 4, 5), [6, 3], 'linear', True),
        interpolate('linear, three axes', (1, 2, 3, 4, 2), [5, 2, 3], 'linear', False),
    ],
}

print(json.dumps([{'operator': operator, **one} for operator, cases in CASES.items() for one in cases]))
