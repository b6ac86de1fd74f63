"""Training whose clips are prepared and augmented on the way by PyTorch's DataLoader, as the configurations of PYSKL do.

A run takes `--filling` steps whose time does not count, then `--steps` whose time does; its answer is the milliseconds
per clip, and the loss of the untrained network on a batch without augmentation.
"""

import time

import numpy as np
import torch
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, Dataset, get_worker_info

import fill

# As bench/setting.ts has them.
CLIPS, DIFFERENT = 40091, 64
SCALE, ROTATION, FLIP = 0.1, 0.3, 0.5

CENTRE, SPINE, SHOULDERS = 1, (0, 1), (8, 4)
LEFT = [4, 5, 6, 7, 12, 13, 14, 15, 21, 22]
RIGHT = [8, 9, 10, 11, 16, 17, 18, 19, 23, 24]


def mirror_order(joints=25):
    order = np.arange(joints)
    order[LEFT], order[RIGHT] = RIGHT, LEFT
    return order


def rotation_about(axis, angle):
    """The matrix that turns column vectors about an axis (Euler-Rodrigues)."""
    if np.abs(axis).sum() < 1e-6 or abs(angle) < 1e-6:
        return np.eye(3)
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def turned(clip, line, target):
    """The clip turned on the shortest way so that the line points along the target."""
    length = np.linalg.norm(line)
    angle = np.arccos(np.clip(line @ target / length, -1, 1)) if np.abs(line).sum() >= 1e-6 else 0
    return clip @ rotation_about(np.cross(line, target), angle).T


def pre_normalized(clip):
    """PreNormalize3D of one or two persons, (M, T, V, 3)."""
    present = (np.abs(clip) > 1e-8).any(axis=(2, 3))
    if len(clip) == 2 and present[0].sum() < present[1].sum():
        clip, present = clip[::-1], present[::-1]
    clip = clip[:, present[0]]
    there = (clip != 0).any(axis=-1, keepdims=True)
    clip = (clip - clip[0, 0, CENTRE]) * there
    bottom, top = SPINE
    clip = turned(clip, clip[0, 0, top] - clip[0, 0, bottom], np.array([0, 0, 1]))
    right, left = SHOULDERS
    clip = turned(clip, clip[0, 0, right] - clip[0, 0, left], np.array([1, 0, 0]))
    return clip.astype(np.float32)


def turn(angles):
    """The matrix that turns column vectors about x, then y, then z."""
    (sx, sy, sz), (cx, cy, cz) = np.sin(angles), np.cos(angles)
    about_x = np.array([[1, 0, 0], [0, cx, sx], [0, -sx, cx]])
    about_y = np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
    about_z = np.array([[cz, sz, 0], [-sz, cz, 0], [0, 0, 1]])
    return (about_z @ about_y @ about_x).astype(np.float32)


def uniform_sample(frames, length, rng):
    """UniformSample in training: one random frame in each of `length` equal parts."""
    if frames < length:
        return (rng.integers(frames) + np.arange(length)) % frames
    if frames < 2 * length:
        skipped = np.zeros(length + 1, np.int64)
        skipped[rng.choice(length + 1, frames - length, replace=False)] = 1
        return np.arange(length) + np.cumsum(skipped)[:length]
    edges = np.arange(length + 1) * frames // length
    return edges[:-1] + rng.integers(np.diff(edges))


class Recordings(Dataset):
    """Recorded clips; what is asked for is prepared anew every time, as in PYSKL."""

    def __init__(self, options, classes):
        shape = (options.persons, options.recorded, options.joints, 3)
        self.clips = [fill.signal(f'bench.recording.{i}', shape) for i in range(DIFFERENT)]
        self.length, self.classes = options.frames, classes
        self.order = mirror_order(options.joints)
        self.rng = np.random.default_rng(0)

    def __len__(self):
        return CLIPS

    def __getitem__(self, index):
        clip, rng = pre_normalized(self.clips[index % DIFFERENT]), self.rng
        clip = clip * (1 + SCALE * rng.uniform(-1, 1, 3)).astype(np.float32)
        clip = clip @ turn(rng.uniform(-ROTATION, ROTATION, 3)).T
        if rng.random() < FLIP:
            clip = clip[:, :, self.order]
        clip = clip[:, uniform_sample(clip.shape[1], self.length, rng)]
        return np.ascontiguousarray(clip), index % self.classes

    def plain(self, index):
        """Without augmentation, at evenly spaced frames."""
        clip = pre_normalized(self.clips[index % DIFFERENT])
        return clip[:, np.arange(self.length) * clip.shape[1] // self.length]


def seed_worker(_):
    worker = get_worker_info()
    worker.dataset.rng = np.random.default_rng(worker.seed)


def without_end(loader):
    while True:
        yield from loader


def training(model, options, classes, learning_rate):
    recordings = Recordings(options, classes)
    processes = options.loading
    loader = DataLoader(recordings, options.clips, shuffle=True, drop_last=True, num_workers=processes,
                        persistent_workers=processes > 0, worker_init_fn=seed_worker)
    optimizer = torch.optim.SGD(
        model.parameters(), lr=learning_rate, momentum=0.9, nesterov=True, weight_decay=5e-4)
    model.train()
    clips = torch.from_numpy(np.stack([recordings.plain(i) for i in range(options.clips)]))
    with torch.no_grad():
        first = cross_entropy(model(clips), torch.arange(options.clips) % classes).item()
    batches = without_end(loader)

    def take(count):
        for _ in range(count):
            keypoint, target = next(batches)
            optimizer.zero_grad(set_to_none=True)
            loss = cross_entropy(model(keypoint), target)
            loss.backward()
            optimizer.step()
            loss.item()

    def run():
        take(options.filling)
        start = time.perf_counter()
        take(options.steps)
        return (time.perf_counter() - start) * 1000 / (options.steps * options.clips), first

    return run
