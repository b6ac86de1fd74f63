"""SkateFormer (Do and Kim, ECCV 2024, arXiv 2403.09508) with the parameter names of its authors' checkpoints.

Written from the published description; axes as its authors feed them, (N, C, T, V, M).
"""

import math

import torch
from torch import nn
from torch.nn.functional import dropout, softmax

# Frames and joints near or far, in the authors' order of the four types.
TYPES = (('near', 'near'), ('near', 'far'), ('far', 'near'), ('far', 'far'))

# The published options by the number of joints in a clip: NTU RGB+D, NW-UCLA.
RECIPES = {
    25: dict(
        num_points=24, mlp_ratio=4, type_1_size=(8, 8), type_2_size=(8, 12), type_3_size=(8, 8), type_4_size=(8, 12),
        joint_order=[6, 7, 21, 22, 10, 11, 23, 24, 12, 13, 14, 15, 16, 17, 18, 19, 4, 8, 5, 9, 1, 2, 0, 3]),
    20: dict(
        num_points=20, mlp_ratio=1, type_1_size=(8, 4), type_2_size=(8, 5), type_3_size=(8, 4), type_4_size=(8, 5),
        joint_order=[4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 1, 2, 0, 3]),
}


def divide(x, kind, size):
    """(N, C, T, W) to (N * partitions, frames * joints, C), frame by frame."""
    n, c, t, w = x.shape
    (frames, joints), (f, k) = kind, size
    x = x.view(n, c, *((t // f, f) if frames == 'near' else (f, t // f)), *((w // k, k) if joints == 'near' else (k, w // k)))
    i, f_axis = (2, 3) if frames == 'near' else (3, 2)
    j, k_axis = (4, 5) if joints == 'near' else (5, 4)
    return x.permute(0, i, j, f_axis, k_axis, 1).reshape(-1, f * k, c)


def restore(x, kind, size, t, w):
    """The inverse: (N * partitions, frames * joints, C) to (N, C, T, W)."""
    (frames, joints), (f, k) = kind, size
    x = x.view(-1, t // f, w // k, f, k, x.shape[-1])
    order = [0, 5, *((1, 3) if frames == 'near' else (3, 1)), *((2, 4) if joints == 'near' else (4, 2))]
    return x.permute(order).reshape(x.shape[0], x.shape[-1], t, w)


class SkateMsa(nn.Module):
    """Attention inside a partition, q, k, v side by side: (B, N, 3C) to (B, N, C)."""

    def __init__(self, kind, size, heads, rel, attn_drop):
        super().__init__()
        self.heads, self.rel, self.attn_drop = heads, rel, attn_drop
        f, k = size
        if rel:
            far = kind[1] == 'far'
            self.relative_position_bias_table = nn.Parameter(torch.zeros(2 * f - 1, *((k, k) if far else ()), heads))
            nn.init.trunc_normal_(self.relative_position_bias_table, std=0.02)
            token = torch.arange(f * k)
            # Of near joints the frame is taken to be the token's number modulo the number of frames, as released.
            frame = token // k if far else token % f
            index = frame[:, None] - frame[None, :] + f - 1
            if far:
                index = (index * k + token[:, None] % k) * k + token[None, :] % k
            self.register_buffer('relative_position_index', index)

    def forward(self, x):
        b, n, _ = x.shape
        q, k, v = x.view(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-2, -1) * self.heads ** -0.5
        if self.rel:
            entries = self.relative_position_bias_table.view(-1, self.heads)
            scores = scores + entries[self.relative_position_index].permute(2, 0, 1)
        weights = dropout(softmax(scores, dim=-1), self.attn_drop, self.training)
        return (weights @ v).transpose(1, 2).reshape(b, n, -1)


class DropPath(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training or self.rate == 0:
            return x
        keep = 1 - self.rate
        return x * x.new_empty(x.shape[0], *[1] * (x.dim() - 1)).bernoulli_(keep).div_(keep)


class Mlp(nn.Module):
    def __init__(self, width, hidden, drop):
        super().__init__()
        self.fc1 = nn.Linear(width, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, width)
        self.drop = nn.Dropout(drop)

    def forward(self, x):
        return self.drop(self.fc2(self.drop(self.act(self.fc1(x)))))


class SkateTransformer(nn.Module):
    def __init__(self, width, joints, sizes, num_heads, kernel_size, mlp_ratio, rel, attn_drop, drop, drop_path):
        super().__init__()
        groups = num_heads // 4
        self.sizes = sizes
        self.gconv = nn.Parameter(torch.zeros(groups, joints, joints))
        nn.init.trunc_normal_(self.gconv, std=0.02)
        self.norm_1 = nn.LayerNorm(width)
        self.mapping = nn.Linear(width, 2 * width)
        self.tconv = nn.Conv2d(
            width // 4, width // 4, (kernel_size, 1), padding=((kernel_size - 1) // 2, 0), groups=groups)
        self.attention = nn.ModuleList(
            SkateMsa(kind, size, num_heads // 8, rel, attn_drop) for kind, size in zip(TYPES, sizes))
        self.proj = nn.Linear(width, width)
        self.proj_drop = nn.Dropout(drop)
        self.drop_path = DropPath(drop_path)
        self.norm_2 = nn.LayerNorm(width)
        self.mlp = Mlp(width, int(mlp_ratio * width), drop)

    def forward(self, x):
        b, c, t, w = x.shape
        skip = x = x.permute(0, 2, 3, 1)
        maps = self.mapping(self.norm_1(x)).permute(0, 3, 1, 2).contiguous()
        conv, attn = maps.split([c // 2, 3 * c // 2], dim=1)
        g, tc = conv.chunk(2, dim=1)
        groups = self.gconv.shape[0]
        g = torch.einsum('ngctu,gvu->ngctv', g.reshape(b, groups, -1, t, w), self.gconv).reshape(b, c // 4, t, w)
        parts = [g, self.tconv(tc)]
        for part, kind, size, attention in zip(attn.chunk(4, dim=1), TYPES, self.sizes, self.attention):
            parts.append(restore(attention(divide(part.contiguous(), kind, size)), kind, size, t, w))
        x = self.proj(torch.cat(parts, dim=1).permute(0, 2, 3, 1))
        x = skip + self.drop_path(self.proj_drop(x))
        x = x + self.drop_path(self.mlp(self.norm_2(x)))
        return x.permute(0, 3, 1, 2).contiguous()


class Downsampling(nn.Module):
    def __init__(self, in_width, width, kernel_size):
        super().__init__()
        self.reduction = nn.Conv2d(
            in_width, width, (kernel_size, 1), stride=(2, 1), padding=((kernel_size - 1) // 2, 0))
        self.bn = nn.BatchNorm2d(width)

    def forward(self, x):
        return self.bn(self.reduction(x))


class Block(nn.Module):
    def __init__(self, transformer, downsample=None):
        super().__init__()
        if downsample is not None:
            self.downsample = downsample
        self.transformer = transformer

    def forward(self, x):
        return self.transformer(self.downsample(x) if hasattr(self, 'downsample') else x)


class Stage(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


class SkateFormer(nn.Module):
    """(N, C, T, V, M) and frame times (N, T) to logits (N, classes)."""

    def __init__(self, type_1_size, type_2_size, type_3_size, type_4_size, in_channels=3, depths=(2, 2, 2, 2),
                 channels=(96, 192, 192, 192), num_classes=60, embed_dim=64, num_people=2, num_frames=64, num_points=50,
                 kernel_size=7, num_heads=32, attn_drop=0., head_drop=0., drop=0., rel=True, drop_path=0., mlp_ratio=4.,
                 index_t=False, global_pool='avg'):
        super().__init__()
        joints = num_people * num_points
        self.embed_dim, self.index_t, self.global_pool, self.head_drop = embed_dim, index_t, global_pool, head_drop
        if index_t:
            self.joint_person_embedding = nn.Parameter(torch.zeros(embed_dim, joints))
            nn.init.trunc_normal_(self.joint_person_embedding, std=0.02)
        else:
            self.joint_person_temporal_embedding = nn.Parameter(torch.zeros(1, embed_dim, num_frames, joints))
            nn.init.trunc_normal_(self.joint_person_temporal_embedding, std=0.02)
        self.stem = nn.Sequential(
            nn.Conv2d(in_channels, 2 * in_channels, 1), nn.GELU(),
            nn.Conv2d(2 * in_channels, 3 * in_channels, 1), nn.GELU(),
            nn.Conv2d(3 * in_channels, embed_dim, 1))
        sizes = (type_1_size, type_2_size, type_3_size, type_4_size)
        rates = torch.linspace(0, drop_path, sum(depths)).tolist()
        stages, width = [], embed_dim
        for stage, (depth, out_width) in enumerate(zip(depths, channels)):
            blocks = []
            for i in range(depth):
                downsample = Downsampling(width, out_width, kernel_size) if stage and not i else None
                width = out_width
                blocks.append(Block(SkateTransformer(
                    width, joints, sizes, num_heads, kernel_size, mlp_ratio, rel, attn_drop, drop, rates.pop(0)),
                    downsample))
            stages.append(Stage(blocks))
        self.stages = nn.ModuleList(stages)
        self.head = nn.Linear(width, num_classes)

    def forward(self, x, index_t=None):
        n, c, t, v, m = x.shape
        x = self.stem(x.permute(0, 1, 2, 4, 3).reshape(n, c, t, m * v))
        if self.index_t:
            steps = torch.arange(0, self.embed_dim, 2, dtype=x.dtype)
            phases = index_t.unsqueeze(-1) * torch.exp(steps * (-math.log(10000.0) / self.embed_dim))
            times = torch.stack([phases.sin(), phases.cos()], dim=-1).flatten(2)
            x = x + torch.einsum('ntc,cw->nctw', times, self.joint_person_embedding)
        else:
            x = x + self.joint_person_temporal_embedding
        for stage in self.stages:
            x = stage(x)
        x = x.amax((2, 3)) if self.global_pool == 'max' else x.mean((2, 3))
        return self.head(dropout(x, self.head_drop, self.training))


class TimedSkateFormer(SkateFormer):
    """SkateFormer for clips (N, persons, T, joints, 3) whose frames stand evenly in time."""

    def __init__(self, joint_order, **options):
        super().__init__(embed_dim=96, index_t=True, **options)
        self.joint_order = joint_order

    def forward(self, keypoint):
        n, _, t = keypoint.shape[:3]
        times = torch.arange(t, device=keypoint.device) * 2 / t - 1
        return super().forward(keypoint.permute(0, 4, 2, 3, 1)[:, :, :, self.joint_order], times.expand(n, t))
