"""Skeleton graphs in PYSKL's form: layouts and the modes `spatial`, `stgcn_spatial` and `binary_adj`."""

import numpy as np

# (child, parent), 0-based, and the centre joint.
LAYOUTS = {
    'nturgb+d': (25, 20, [
        (0, 1), (1, 20), (2, 20), (3, 2), (4, 20), (5, 4), (6, 5), (7, 6), (8, 20), (9, 8), (10, 9), (11, 10), (12, 0),
        (13, 12), (14, 13), (15, 14), (16, 0), (17, 16), (18, 17), (19, 18), (21, 7), (22, 7), (23, 11), (24, 11)]),
    'coco': (17, 0, [
        (15, 13), (13, 11), (16, 14), (14, 12), (11, 5), (12, 6), (9, 7), (7, 5), (10, 8), (8, 6), (5, 0), (6, 0),
        (1, 0), (3, 1), (2, 0), (4, 2)]),
    'openpose': (18, 1, [
        (4, 3), (3, 2), (7, 6), (6, 5), (13, 12), (12, 11), (10, 9), (9, 8), (11, 5), (8, 2), (5, 1), (2, 1), (0, 1),
        (15, 0), (14, 0), (17, 15), (16, 14)]),
    'nw_ucla': (20, 2, [
        (0, 1), (1, 2), (3, 2), (4, 2), (5, 4), (6, 5), (7, 6), (8, 2), (9, 8), (10, 9), (11, 10), (12, 0), (13, 12),
        (14, 13), (15, 14), (16, 0), (17, 16), (18, 17), (19, 18)]),
    'handmp': (21, 0, [
        (1, 0), (2, 1), (3, 2), (4, 3), (5, 0), (6, 5), (7, 6), (8, 7), (9, 0), (10, 9), (11, 10), (12, 11), (13, 0),
        (14, 13), (15, 14), (16, 15), (17, 0), (18, 17), (19, 18), (20, 19)]),
}

# NTU RGB+D with the edges of the ST-GCN authors: the hand tip hangs on the thumb.
LAYOUTS['ntu-rgb+d'] = (25, 20, LAYOUTS['nturgb+d'][2][:20] + [(21, 22), (22, 7), (23, 24), (24, 11)])


def layout_with(joints):
    """Name of the layout that has this many joints."""
    for name, (count, _, _) in LAYOUTS.items():
        if count == joints:
            return name
    counts = ', '.join(f'{count} ({name})' for name, (count, _, _) in LAYOUTS.items())
    raise ValueError(f'no layout has {joints} joints; known: {counts}')


def authors_layout(joints):
    """The same, but for NTU RGB+D with the edges of the ST-GCN authors."""
    return 'ntu-rgb+d' if joints == 25 else layout_with(joints)


def adjacency(layout='coco', mode='spatial', max_hop=1):
    """Stack of adjacency matrices (K, V, V), float32. `spatial`: identity, inward, outward."""
    joints, centre, inward = LAYOUTS[layout]
    if mode == 'spatial':
        outward = [(parent, child) for child, parent in inward]
        identity = np.eye(joints)
        stack = [identity, normalise_columns(edges(inward, joints)), normalise_columns(edges(outward, joints))]
    elif mode == 'stgcn_spatial':
        stack = hop_partitions(joints, centre, inward, max_hop)
    elif mode == 'binary_adj':
        stack = [edges(inward + [(parent, child) for child, parent in inward], joints)]
    else:
        raise ValueError(f'graph mode {mode!r} is unknown; known: spatial, stgcn_spatial, binary_adj')
    return np.stack(stack).astype(np.float32)


def edges(links, joints):
    matrix = np.zeros((joints, joints))
    for i, j in links:
        matrix[j, i] = 1
    return matrix


def normalise_columns(matrix):
    total = matrix.sum(0)
    return matrix / np.where(total > 0, total, 1)


def hop_distance(joints, links, max_hop):
    """Hops between joints on the undirected graph, infinity beyond `max_hop`."""
    neighbours = np.eye(joints)
    for i, j in links:
        neighbours[i, j] = neighbours[j, i] = 1
    distance = np.full((joints, joints), np.inf)
    for hop in range(max_hop, -1, -1):
        distance[np.linalg.matrix_power(neighbours, hop) > 0] = hop
    return distance


def hop_partitions(joints, centre, inward, max_hop):
    """ST-GCN's spatial partition: one matrix for hop 0, then (close, further) for each further hop."""
    distance = hop_distance(joints, inward, max_hop)
    normalised = normalise_columns((distance <= max_hop).astype(np.float64))
    to_centre = distance[:, centre]
    close = to_centre[:, None] >= to_centre[None, :]
    stack = [np.where(distance == 0, normalised, 0)]
    for hop in range(1, max_hop + 1):
        at_hop = np.where(distance == hop, normalised, 0)
        stack += [np.where(close, at_hop, 0), np.where(close, 0, at_hop)]
    return stack
