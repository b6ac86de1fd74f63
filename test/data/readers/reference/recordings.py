"""Writes the files of ../fixtures with Python, NumPy and zlib, as the authors' programs and MATLAB write theirs.

    python test/data/readers/reference/recordings.py

Numbers count on in eighths, so that they are exact in half precision: element i of an array is i / 8 (i modulo 4096).
"""

import pathlib
import pickle
import struct
import zlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent.parent / 'fixtures'


def eighths(*shape, dtype='<f4'):
    return (np.arange(np.prod(shape)) % 4096 / 8).reshape(shape).astype(dtype)


def dump(name, value, protocol=4):
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(value, protocol=protocol))


def pyskl():
    ntu = [
        dict(frame_dir='S001C001P001R001A001', label=0, keypoint=eighths(1, 3, 25, 3, dtype='<f2'), total_frames=3),
        dict(frame_dir='S001C002P003R001A050', label=49, keypoint=eighths(2, 2, 25, 3, dtype='<f2'), total_frames=2),
    ]
    names = [record['frame_dir'] for record in ntu]
    split = dict(xsub_train=names[:1], xsub_val=names[1:], xview_train=names[1:], xview_val=names[:1])
    dump('pyskl-3d.pkl', dict(split=split, annotations=ntu))
    flat = [
        dict(
            frame_dir=f'clip{i}',
            label=np.int64(i),
            img_shape=(240, 320),
            original_shape=(240, 320),
            total_frames=2,
            keypoint=eighths(1, 2, 17, 2, dtype='<f2'),
            keypoint_score=(eighths(1, 2, 17) / 8).astype('<f2'),
        )
        for i in range(2)
    ]
    dump('pyskl-2d.pkl', dict(split=dict(train1=['clip0'], test1=['clip1']), annotations=flat))
    dump('pyskl-list.pkl', [dict(record, filename=record.pop('frame_dir')) for record in map(dict, flat)])


def kinetics():
    # Frame 1 has two detections, one of them in a box of low score.
    keypoint = eighths(4, 17, 3, dtype='<f2')
    raw = dict(frame_dir='abc', raw_file='data/kinetics/abc.pkl', label=1, img_shape=(340, 256), total_frames=5)
    raw.update(frame_inds=np.array([0, 1, 1, 4]), box_score=np.array([0.9, 0.4, 0.8, 0.7]), valid={0.5: 3, 0.9: 1})
    dump('kinetics/annotations.pkl', dict(split=dict(train=['abc']), annotations=[raw]))
    dump('kinetics/raw/abc.pkl', dict(keypoint=keypoint))


def feeders():
    clips = eighths(3, 4, 150)
    clips[0, 3:] = 0  # padding
    clips[1, :, 75:] = 0  # no second person
    test = eighths(2, 4, 150)
    np.savez(FOLDER / 'kpts.npz', kpts=eighths(6, 17, 2))
    np.savez_compressed(
        FOLDER / 'ctr-gcn.npz', x_train=clips, y_train=np.eye(4)[[0, 2, 3]], x_test=test, y_test=np.eye(4)[[1, 1]]
    )
    (FOLDER / 'st-gcn').mkdir(exist_ok=True)
    np.save(FOLDER / 'st-gcn/train_data.npy', eighths(2, 3, 4, 25, 2))
    dump('st-gcn/train_label.pkl', (['one.skeleton', 'two.skeleton'], [1, 0]), protocol=2)


def arrays():
    (FOLDER / 'npy').mkdir(exist_ok=True)
    named = dict(
        f2=eighths(2, 3, dtype='<f2'),
        f8_big=eighths(2, 3, dtype='>f8'),
        fortran=np.asfortranarray(eighths(2, 3)),
        i8=np.arange(6, dtype='<i8').reshape(2, 3),
        b1=np.array([True, False]),
        scalar=np.array(2.5),
        empty=np.zeros((0, 3), dtype='<f4'),
        text=np.array(['walk', 'r\u00e4t']),
        bytes=np.array([b'walk', b'run']),
    )
    for name, array in named.items():
        np.save(FOLDER / f'npy/{name}.npy', array)
    np.save(FOLDER / 'npy/objects.npy', np.array([{}, None], dtype=object), allow_pickle=True)


def element(kind, data, order):
    if 0 < len(data) <= 4:
        # Type and length in one word, the data in the next.
        return struct.pack(order + 'I', len(data) << 16 | kind) + data.ljust(4, b'\0')
    return struct.pack(order + 'II', kind, len(data)) + data + b'\0' * (-len(data) % 8)


def matrix(kind, shape, name, parts, order, flags=0):
    head = element(6, struct.pack(order + 'II', flags << 8 | kind, 0), order)
    head += element(5, struct.pack(f'{order}{len(shape)}i', *shape), order) + element(1, name.encode(), order)
    return element(14, head + b''.join(parts), order)


def numbers(name, array, order, kind=6):
    data = np.asarray(array).astype(order + 'f8').tobytes(order='F')
    return matrix(kind, array.shape, name, [element(9, data, order)], order)


def mat(path, variables, order='<', packed=False):
    header = b'MATLAB 5.0 MAT-file, written for a test'.ljust(124) + struct.pack(order + 'H', 0x0100)
    header += b'IM' if order == '<' else b'MI'
    if packed:
        streams = [zlib.compress(variable) for variable in variables]
        variables = [struct.pack(order + 'II', 15, len(stream)) + stream for stream in streams]
    (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
    (FOLDER / path).write_bytes(header + b''.join(variables))


def matlab():
    for name, order, packed in [('plain', '<', False), ('packed', '<', True), ('big-endian', '>', False)]:
        text = matrix(4, (1, 4), 'text', [element(4, struct.pack(order + '4H', *b'walk'), order)], order)
        # MATLAB keeps whole numbers in the smallest type that holds them.
        small = matrix(6, (1, 3), 'small', [element(2, bytes([1, 2, 250]), order)], order)
        cells = matrix(1, (1, 2), 'cells', [numbers('', eighths(2, 2), order), text], order)
        fields = element(5, struct.pack(order + 'i', 8), order) + element(1, b'x'.ljust(8, b'\0') + b'label'.ljust(8, b'\0'), order)
        structs = matrix(2, (1, 1), 'structs', [fields, numbers('', eighths(3, 1), order), text], order)
        sparse = matrix(5, (2, 2), 'sparse', [element(5, b'\0' * 8, order)], order)
        mat(f'mat/{name}.mat', [numbers('points', eighths(2, 3, 4), order), text, small, cells, structs, sparse], order, packed)
    clip = numbers('points', eighths(2, 17, 2), '<')
    mat('mat/clip.mat', [clip, numbers('rate', np.array([[30.0]]), '<')], packed=True)
    mat('utd-mhad/a27_s2_t3_skeleton.mat', [numbers('d_skel', eighths(20, 3, 2), '<')], packed=True)


if __name__ == '__main__':
    FOLDER.mkdir(exist_ok=True)
    for write in [pyskl, kinetics, feeders, arrays, matlab]:
        write()
