"""MS-G3D (Liu et al., CVPR 2020) in the form of PYSKL's `MSG3D` (kennymckormick/pyskl, Apache-2.0).

Parameter names equal those of the released checkpoints.
"""

import numpy as np
import torch
from torch import nn

from graph import adjacency, normalise_columns
from temporal import UnitTcn, normalised_branches, normalised_input


def k_adjacency(A, k):
    """Joints at exactly k hops, and the joint itself."""
    identity = np.eye(len(A))
    if k == 0:
        return identity
    reached = np.minimum(np.linalg.matrix_power(A + identity, k), 1)
    before = np.minimum(np.linalg.matrix_power(A + identity, k - 1), 1)
    return reached - before + identity


def scales_of(A, scales):
    return torch.from_numpy(np.stack([normalise_columns(k_adjacency(A, k)) for k in range(scales)]).astype(np.float32))


def aggregate(x, A):
    """x (N, C, T, V), A (K, V, V) to (N, K * C, T, V)."""
    n, c, t, v = x.shape
    return torch.einsum('nctv,kvu->nkctu', x, A).contiguous().view(n, -1, t, v)


class Mlp(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 1), nn.BatchNorm2d(out_channels), nn.ReLU(inplace=True))

    def forward(self, x):
        return self.layers(x)


class MsGcn(nn.Module):
    def __init__(self, scales, in_channels, out_channels, A):
        super().__init__()
        self.register_buffer('A', scales_of(A, scales))
        self.PA = nn.Parameter(torch.empty_like(self.A).uniform_(-1e-6, 1e-6))
        self.mlp = Mlp(in_channels * scales, out_channels)

    def forward(self, x):
        return self.mlp(aggregate(x, self.A + self.PA))


class MsTcn(nn.Module):
    """Parallel temporal branches with a residual."""

    def __init__(self, in_channels, out_channels, stride=1, dilations=(1, 2, 3, 4), active=True):
        super().__init__()
        self.branches = normalised_branches(in_channels, out_channels, 3, stride, dilations)
        if in_channels == out_channels and stride == 1:
            self.residual = nn.Identity()
        else:
            self.residual = UnitTcn(in_channels, out_channels, 1, stride)
        self.act = nn.ReLU(inplace=True) if active else nn.Identity()

    def forward(self, x):
        out = torch.cat([branch(x) for branch in self.branches], dim=1)
        return self.act(out + self.residual(x))


class UnfoldWindows(nn.Module):
    """(N, C, T, V) to windows (N, C, T', window * V)."""

    def __init__(self, window, stride):
        super().__init__()
        self.window = window
        self.unfold = nn.Unfold((window, 1), stride=(stride, 1), padding=((window - 1) // 2, 0))

    def forward(self, x):
        n, c, _, v = x.shape
        x = self.unfold(x).view(n, c, self.window, -1, v).permute(0, 1, 3, 2, 4).contiguous()
        return x.view(n, c, -1, self.window * v)


class SpatialTemporalGcn(nn.Module):
    def __init__(self, in_channels, out_channels, A, scales, window):
        super().__init__()
        tiled = np.tile(A + np.eye(len(A)), (window, window))
        self.register_buffer('A', scales_of(tiled, scales))
        self.PA = nn.Parameter(torch.empty_like(self.A).uniform_(-1e-6, 1e-6))
        self.mlp = Mlp(in_channels * scales, out_channels)

    def forward(self, x):
        return self.mlp(aggregate(x, self.A + self.PA))


class MsG3dBlock(nn.Module):
    def __init__(self, in_channels, out_channels, A, scales, window, stride):
        super().__init__()
        self.window = window
        embedded = out_channels if in_channels == 3 else in_channels
        self.gcn3d = nn.Sequential(
            UnfoldWindows(window, stride), SpatialTemporalGcn(in_channels, embedded, A, scales, window))
        self.out_conv = nn.Conv3d(embedded, out_channels, (1, window, 1))
        self.out_bn = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        n, _, _, v = x.shape
        x = self.gcn3d(x)
        x = self.out_conv(x.view(n, x.size(1), -1, self.window, v)).squeeze(3)
        return self.out_bn(x)


class MultiWindow(nn.Module):
    def __init__(self, in_channels, out_channels, A, scales, stride=1, windows=(3, 5)):
        super().__init__()
        self.gcn3d = nn.ModuleList(
            MsG3dBlock(in_channels, out_channels, A, scales, window, stride) for window in windows)

    def forward(self, x):
        return sum(block(x) for block in self.gcn3d)


class MSG3D(nn.Module):
    """Backbone: (N, M, T, V, C) to (N, M, C', T', V); M equals `num_person`."""

    def __init__(self, graph_cfg, in_channels=3, base_channels=96, num_gcn_scales=13, num_g3d_scales=6, num_person=2):
        super().__init__()
        A = adjacency(**graph_cfg)[0].astype(np.float64)
        self.register_buffer('A', torch.from_numpy(A.astype(np.float32)))
        self.data_bn = nn.BatchNorm1d(num_person * in_channels * len(A))
        c1, c2, c3 = (base_channels * 2 ** i for i in range(3))

        def spatial(entry, width, out_channels, stride):
            return nn.Sequential(
                MsGcn(num_gcn_scales, entry, width, A), MsTcn(width, out_channels, stride),
                MsTcn(out_channels, out_channels, active=False))

        self.gcn3d1 = MultiWindow(in_channels, c1, A, num_g3d_scales)
        self.sgcn1 = spatial(in_channels, c1, c1, 1)
        self.tcn1 = MsTcn(c1, c1)
        self.gcn3d2 = MultiWindow(c1, c2, A, num_g3d_scales, stride=2)
        self.sgcn2 = spatial(c1, c1, c2, 2)
        self.tcn2 = MsTcn(c2, c2)
        self.gcn3d3 = MultiWindow(c2, c3, A, num_g3d_scales, stride=2)
        self.sgcn3 = spatial(c2, c2, c3, 2)
        self.tcn3 = MsTcn(c3, c3)

    def forward(self, x):
        n, m = x.shape[:2]
        x = normalised_input(x, self.data_bn, together=True)
        for stage in (1, 2, 3):
            sgcn, gcn3d, tcn = (getattr(self, f'{name}{stage}') for name in ('sgcn', 'gcn3d', 'tcn'))
            x = tcn(torch.relu(sgcn(x) + gcn3d(x)))
        return x.reshape(n, m, *x.shape[1:])
