"""ST-GCN and ST-GCN++ in the form of PYSKL's `STGCN` (Duan et al., PYSKL, 2022; kennymckormick/pyskl, Apache-2.0).

Parameter names equal those of the released checkpoints.
"""

import torch
from torch import nn

from graph import adjacency
from temporal import GraphBlock, MsTcn, UnitTcn, normalised_input


class UnitGcn(nn.Module):
    """Graph convolution (N, C, T, V) over the K subsets of `A` (K, V, V)."""

    def __init__(self, in_channels, out_channels, A, adaptive='importance', conv_pos='pre', with_res=False):
        super().__init__()
        self.adaptive, self.conv_pos, self.with_res = adaptive, conv_pos, with_res
        self.subsets = A.size(0)
        if adaptive == 'init':
            self.A = nn.Parameter(A.clone())
        else:
            self.register_buffer('A', A.clone())
        if adaptive == 'importance':
            self.PA = nn.Parameter(torch.ones_like(A))
        elif adaptive == 'offset':
            self.PA = nn.Parameter(torch.empty_like(A).uniform_(-1e-6, 1e-6))
        self.bn = nn.BatchNorm2d(out_channels)
        self.act = nn.ReLU(inplace=True)
        if conv_pos == 'pre':
            self.conv = nn.Conv2d(in_channels, out_channels * self.subsets, 1)
        else:
            self.conv = nn.Conv2d(in_channels * self.subsets, out_channels, 1)
        if with_res and in_channels != out_channels:
            self.down = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1), nn.BatchNorm2d(out_channels))
        else:
            self.down = nn.Identity()

    def graph(self):
        if self.adaptive == 'importance':
            return self.A * self.PA
        if self.adaptive == 'offset':
            return self.A + self.PA
        return self.A

    def forward(self, x):
        n, _, t, v = x.shape
        res = self.down(x) if self.with_res else 0
        if self.conv_pos == 'pre':
            x = self.conv(x).view(n, self.subsets, -1, t, v)
            x = torch.einsum('nkctv,kvw->nctw', x, self.graph()).contiguous()
        else:
            x = torch.einsum('nctv,kvw->nkctw', x, self.graph()).contiguous()
            x = self.conv(x.view(n, -1, t, v))
        return self.act(self.bn(x) + res)


class STGCN(nn.Module):
    """Backbone: (N, M, T, V, C) to (N, M, C', T', V)."""

    def __init__(self, graph_cfg, in_channels=3, base_channels=64, data_bn_type='VC', ch_ratio=2, num_person=2,
                 num_stages=10, inflate_stages=(5, 8), down_stages=(5, 8), tcn_type='unit_tcn',
                 gcn_adaptive='importance', gcn_conv_pos='pre', gcn_with_res=False, tcn_dropout=0.):
        super().__init__()
        A = torch.from_numpy(adjacency(**graph_cfg))
        self.data_bn_type = data_bn_type
        persons = {'MVC': num_person, 'VC': 1}.get(data_bn_type)
        self.data_bn = nn.BatchNorm1d(persons * in_channels * A.size(1)) if persons else nn.Identity()

        def block(entry, width, **options):
            gcn = UnitGcn(entry, width, A, adaptive=gcn_adaptive, conv_pos=gcn_conv_pos, with_res=gcn_with_res)
            return GraphBlock(gcn, entry, width, temporal={'unit_tcn': UnitTcn, 'mstcn': MsTcn}[tcn_type], **options)

        blocks = []
        if in_channels != base_channels:
            blocks.append(block(in_channels, base_channels, residual=False))
        channels, inflations = base_channels, 0
        for stage in range(2, num_stages + 1):
            inflations += stage in inflate_stages
            out_channels = int(base_channels * ch_ratio ** inflations + 1e-4)
            blocks.append(block(channels, out_channels, stride=2 if stage in down_stages else 1, dropout=tcn_dropout))
            channels = out_channels
        self.gcn = nn.ModuleList(blocks)

    def forward(self, x):
        n, m = x.shape[:2]
        if self.data_bn_type in ('MVC', 'VC'):
            x = normalised_input(x, self.data_bn, together=self.data_bn_type == 'MVC')
        else:
            x = x.reshape(-1, *x.shape[2:]).permute(0, 3, 1, 2).contiguous()
        for block in self.gcn:
            x = block(x)
        return x.reshape(n, m, *x.shape[1:])
