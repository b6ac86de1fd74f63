"""CTR-GCN (Chen et al., ICCV 2021) in the form of PYSKL's `CTRGCN` (kennymckormick/pyskl, Apache-2.0).

Parameter names equal those of the released checkpoints.
"""

import torch
from torch import nn

from graph import adjacency
from temporal import UnitTcn, normalised_branches, normalised_input


class Ctrgc(nn.Module):
    """Channel-wise topology refinement of one subset."""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        relation_channels = 8 if in_channels <= 16 else in_channels // 8
        self.conv1 = nn.Conv2d(in_channels, relation_channels, 1)
        self.conv2 = nn.Conv2d(in_channels, relation_channels, 1)
        self.conv3 = nn.Conv2d(in_channels, out_channels, 1)
        self.conv4 = nn.Conv2d(relation_channels, out_channels, 1)
        self.tanh = nn.Tanh()

    def forward(self, x, A, alpha):
        x1, x2, x3 = self.conv1(x).mean(-2), self.conv2(x).mean(-2), self.conv3(x)
        relation = self.tanh(x1.unsqueeze(-1) - x2.unsqueeze(-2))
        graph = self.conv4(relation) * alpha + A[None, None]
        return torch.einsum('ncuv,nctu->nctv', graph, x3)


class UnitCtrgcn(nn.Module):
    def __init__(self, in_channels, out_channels, A):
        super().__init__()
        self.A = nn.Parameter(A.clone())
        self.alpha = nn.Parameter(torch.zeros(1))
        self.convs = nn.ModuleList(Ctrgc(in_channels, out_channels) for _ in range(A.size(0)))
        if in_channels != out_channels:
            self.down = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1), nn.BatchNorm2d(out_channels))
        else:
            self.down = nn.Identity()
        self.bn = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU(inplace=True)
        nn.init.constant_(self.bn.weight, 1e-6)

    def forward(self, x):
        out = None
        for conv, A in zip(self.convs, self.A):
            z = conv(x, A, self.alpha)
            out = z if out is None else out + z
        return self.relu(self.bn(out) + self.down(x))


class CtrgcnTcn(nn.Module):
    """Parallel temporal branches, activated together."""

    def __init__(self, in_channels, out_channels, kernel_size=5, stride=1, dilations=(1, 2), dropout=0.):
        super().__init__()
        self.branches = normalised_branches(in_channels, out_channels, kernel_size, stride, dilations)
        self.act = nn.ReLU(inplace=True)
        self.drop = nn.Dropout(dropout, inplace=True)

    def forward(self, x):
        return self.drop(self.act(torch.cat([branch(x) for branch in self.branches], dim=1)))


class CtrgcnBlock(nn.Module):
    def __init__(self, in_channels, out_channels, A, stride=1, residual=True, tcn_dropout=0.):
        super().__init__()
        self.gcn1 = UnitCtrgcn(in_channels, out_channels, A)
        self.tcn1 = CtrgcnTcn(out_channels, out_channels, stride=stride, dropout=tcn_dropout)
        self.relu = nn.ReLU(inplace=True)
        self.has_residual = residual
        if residual and (in_channels != out_channels or stride != 1):
            self.residual = UnitTcn(in_channels, out_channels, kernel_size=1, stride=stride)
        else:
            self.residual = nn.Identity()

    def forward(self, x):
        res = self.residual(x) if self.has_residual else 0
        return self.relu(self.tcn1(self.gcn1(x)) + res)


class CTRGCN(nn.Module):
    """Backbone: (N, M, T, V, C) to (N, M, C', T', V); M equals `num_person`."""

    def __init__(self, graph_cfg, in_channels=3, base_channels=64, num_stages=10, inflate_stages=(5, 8),
                 down_stages=(5, 8), num_person=2, tcn_dropout=0.):
        super().__init__()
        A = torch.from_numpy(adjacency(**graph_cfg))
        self.register_buffer('A', A)
        self.data_bn = nn.BatchNorm1d(num_person * in_channels * A.size(1))
        blocks = [CtrgcnBlock(in_channels, base_channels, A, residual=False)]
        channels = base_channels
        for stage in range(2, num_stages + 1):
            out_channels = channels * (1 + (stage in inflate_stages))
            blocks.append(CtrgcnBlock(
                channels, out_channels, A, stride=2 if stage in down_stages else 1, tcn_dropout=tcn_dropout))
            channels = out_channels
        self.net = nn.ModuleList(blocks)

    def forward(self, x):
        n, m = x.shape[:2]
        x = normalised_input(x, self.data_bn, together=True)
        for block in self.net:
            x = block(x)
        return x.reshape(n, m, *x.shape[1:])
