"""Writes the pickles and checkpoints of ../fixtures with Python, NumPy and PyTorch, and what is in them as JSON.

    python test/files/reference/pickles.py
"""

import collections
import io
import json
import math
import pathlib
import pickle
import zipfile

import numpy as np
import torch

FOLDER = pathlib.Path(__file__).parent.parent / 'fixtures'

NUMPY_TYPES = ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'b1']


def arrays():
    result = {}
    for code in NUMPY_TYPES:
        values = np.arange(6).reshape(2, 3)
        if code[0] != 'u' and code != 'b1':
            values = values - 2
        if code[0] == 'f':
            values = values / 4
        result[code] = (values % 2 if code == 'b1' else values).astype('<' + code)
    for code in ['f2', 'f4', 'f8', 'i2', 'i4', 'i8', 'u2']:
        result['>' + code] = result[code].astype('>' + code)
    result['fortran'] = np.asfortranarray(np.arange(24, dtype='<f4').reshape(2, 3, 4))
    result['strided'] = np.arange(24, dtype='<i4').reshape(4, 6)[::2, 1::2]
    result['empty'] = np.zeros((0, 3), dtype='<f4')
    result['scalar'] = np.array(2.5, dtype='<f8')
    # Longer than text that is decoded at once.
    result['long'] = (np.arange(1500) % 251).astype('<u1')
    return result


def plain():
    shared = ['shared']
    return {
        'none': None,
        'true': True,
        'false': False,
        'small': 7,
        'byte': 200,
        'two bytes': 60000,
        'negative': -3,
        'four bytes': 2**31 - 1,
        'five bytes': 2**40,
        'exact': -(2**53) + 1,
        'huge': 2**70 + 1,
        'very negative': -(2**64),
        'float': -0.1,
        'infinite': -math.inf,
        'text': "walk, \u00e4\u20ac\U0001f600 'quoted' \\ back\nline",
        'long text': '\u00e4bc' * 1000,
        'bytes': bytes(range(256)),
        'bytearray': bytearray(b'\x00\xff'),
        'list': [1, [2.5, 'three'], []],
        'tuples': ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
        'set': {1, 2},
        'frozen': frozenset(['a']),
        'numbers': {1: 'one', 2: 'two'},
        '__proto__': {'polluted': 1},
        'ordered': collections.OrderedDict([('b', 1), ('a', 2)]),
        'default': collections.defaultdict(list, {'x': [1]}),
        'counter': collections.Counter('aab'),
        'complex': complex(1.5, -2),
        'shared': [shared, shared],
        'many': list(range(2000)),
        'numpy float': np.float32(0.25),
        'numpy integer': np.int64(-5),
        'numpy bool': np.bool_(True),
    }


def checkpoint():
    base = torch.arange(24, dtype=torch.float32) / 8 - 1
    grid = base.reshape(4, 6)
    state = collections.OrderedDict()
    for name in ['float64', 'float32', 'float16', 'bfloat16', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool']:
        values = torch.arange(6).reshape(2, 3)
        if name not in ('uint8', 'bool'):
            values = values - 2
        if 'float' in name:
            values = values / 4
        state[name] = (values % 2 if name == 'bool' else values).to(getattr(torch, name))
    state['base'] = base
    state['transposed'] = grid.t()
    state['offset'] = base[5:9]
    state['inner'] = grid[1:3, 1::2]
    state['permuted'] = base.reshape(2, 3, 4).permute(2, 0, 1)
    state['expanded'] = torch.tensor([1.5, -2.0]).reshape(2, 1).expand(2, 3)
    state['scalar'] = torch.tensor(3.25)
    state['empty'] = torch.zeros(0, 5)
    state['one'] = torch.zeros(1, 1).as_strided((1, 1), (7, 9))
    state['parameter'] = torch.nn.Parameter(torch.tensor([0.5, 0.25]))
    state['bn.num_batches_tracked'] = torch.tensor(11)
    return {
        'meta': {'epoch': 3, 'time': 'now', 'classes': ('walk', 'sit')},
        'state_dict': state,
        'optimizer': {'state': {0: {'momentum_buffer': torch.ones(2)}}, 'param_groups': [{'lr': 0.1, 'params': [0]}]},
        'size': torch.Size([2, 3]),
        'dtype': torch.float16,
        'device': torch.device('cpu'),
        'array': np.arange(3, dtype='<f4'),
    }


def numbers(tensor):
    flat = tensor.detach().flatten()
    return [int(v) for v in flat] if not tensor.dtype.is_floating_point else [float(v) for v in flat.double()]


def in_big_endian(file):
    """The same checkpoint as a machine of the other byte order would write it, compressed."""
    source = zipfile.ZipFile(io.BytesIO(file))
    reader = torch.load(io.BytesIO(file), weights_only=True)
    assert all(tensor.dtype == torch.float32 for tensor in reader.values())
    target = io.BytesIO()
    with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith('/byteorder'):
                data = b'big'
            elif '/data/' in name:
                data = np.frombuffer(data, '<f4').astype('>f4').tobytes()
            archive.writestr(zipfile.ZipInfo(name.replace('archive/', 'folder/inner/')), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def main():
    torch.manual_seed(0)
    FOLDER.mkdir(exist_ok=True)
    for protocol in range(6):
        value = {'arrays': arrays(), 'plain': plain()}
        (FOLDER / f'protocol-{protocol}.pkl').write_bytes(pickle.dumps(value, protocol))
    saved = checkpoint()
    torch.save(saved, FOLDER / 'checkpoint.pth')
    torch.save(saved, FOLDER / 'checkpoint-before-1.6.pth', _use_new_zipfile_serialization=False)
    small = io.BytesIO()
    torch.save({'weight': torch.arange(6.0).reshape(2, 3) / 4, 'bias': torch.tensor([1.0, -1.0])}, small)
    (FOLDER / 'big-endian.pth').write_bytes(in_big_endian(small.getvalue()))
    torch.save(torch.nn.Linear(2, 2), FOLDER / 'whole-model.pth')
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), FOLDER / 'script.pt')
    cases = [
        {'kind': 'array', 'name': name, 'dtype': str(a.dtype.newbyteorder('=')), 'shape': a.shape, 'data': a.flatten().tolist()}
        for name, a in arrays().items()
    ] + [
        {'kind': 'tensor', 'name': name, 'dtype': str(t.dtype)[6:], 'shape': t.shape, 'data': numbers(t)}
        for name, t in saved['state_dict'].items()
    ]
    text = ',\n'.join(json.dumps(case) for case in cases)
    (FOLDER / 'pickles.json').write_text(f'[\n{text}\n]\n')


main()
