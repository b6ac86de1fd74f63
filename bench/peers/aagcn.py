"""AAGCN (Shi et al., 2s-AGCN and MS-AAGCN, 2019-2020) in the form of PYSKL's `AAGCN` (kennymckormick/pyskl, Apache-2.0).

Parameter names equal those of the released checkpoints.
"""

import torch
from torch import nn

from graph import adjacency
from temporal import GraphBlock, normalised_input


class UnitAagcn(nn.Module):
    def __init__(self, in_channels, out_channels, A, adaptive=True, attention=True):
        super().__init__()
        subsets, joints = A.size(0), A.size(-1)
        inner = out_channels // 4
        self.adaptive, self.attention = adaptive, attention
        self.conv_d = nn.ModuleList(nn.Conv2d(in_channels, out_channels, 1) for _ in range(subsets))
        if adaptive:
            self.A = nn.Parameter(A.clone())
            self.alpha = nn.Parameter(torch.zeros(1))
            self.conv_a = nn.ModuleList(nn.Conv2d(in_channels, inner, 1) for _ in range(subsets))
            self.conv_b = nn.ModuleList(nn.Conv2d(in_channels, inner, 1) for _ in range(subsets))
        else:
            self.register_buffer('A', A.clone())
        if attention:
            self.conv_ta = nn.Conv1d(out_channels, 1, 9, padding=4)
            kernel = joints if joints % 2 else joints - 1
            self.conv_sa = nn.Conv1d(out_channels, 1, kernel, padding=(kernel - 1) // 2)
            self.fc1c = nn.Linear(out_channels, out_channels // 2)
            self.fc2c = nn.Linear(out_channels // 2, out_channels)
        if in_channels != out_channels:
            self.down = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1), nn.BatchNorm2d(out_channels))
        else:
            self.down = nn.Identity()
        self.bn = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU(inplace=True)

    def graph(self, x, k):
        if not self.adaptive:
            return self.A[k]
        n, _, t, v = x.shape
        a = self.conv_a[k](x).permute(0, 3, 1, 2).contiguous().view(n, v, -1)
        b = self.conv_b[k](x).view(n, -1, v)
        return self.A[k] + torch.tanh(torch.matmul(a, b) / a.size(-1)) * self.alpha

    def forward(self, x):
        n, c, t, v = x.shape
        y = None
        for k, conv in enumerate(self.conv_d):
            z = conv(torch.matmul(x.view(n, c * t, v), self.graph(x, k)).view(n, c, t, v))
            y = z if y is None else y + z
        y = self.relu(self.bn(y) + self.down(x))
        if self.attention:
            y = y * torch.sigmoid(self.conv_sa(y.mean(-2))).unsqueeze(-2) + y
            y = y * torch.sigmoid(self.conv_ta(y.mean(-1))).unsqueeze(-1) + y
            gate = torch.sigmoid(self.fc2c(torch.relu(self.fc1c(y.mean((-2, -1))))))
            y = y * gate.unsqueeze(-1).unsqueeze(-1) + y
        return y


class AAGCN(nn.Module):
    """Backbone: (N, M, T, V, C) to (N, M, C', T', V)."""

    def __init__(self, graph_cfg, in_channels=3, base_channels=64, num_stages=10, inflate_stages=(5, 8),
                 down_stages=(5, 8), num_person=2, data_bn_type='MVC', gcn_adaptive=True, gcn_attention=True):
        super().__init__()
        A = torch.from_numpy(adjacency(**graph_cfg))
        self.register_buffer('A', A)
        self.data_bn_type = data_bn_type
        self.data_bn = nn.BatchNorm1d((num_person if data_bn_type == 'MVC' else 1) * in_channels * A.size(1))

        def block(entry, width, **options):
            gcn = UnitAagcn(entry, width, A, adaptive=gcn_adaptive, attention=gcn_attention)
            return GraphBlock(gcn, entry, width, **options)

        blocks = []
        if in_channels != base_channels:
            blocks.append(block(in_channels, base_channels, residual=False))
        channels = base_channels
        for stage in range(2, num_stages + 1):
            out_channels = channels * (1 + (stage in inflate_stages))
            blocks.append(block(channels, out_channels, stride=2 if stage in down_stages else 1))
            channels = out_channels
        self.gcn = nn.ModuleList(blocks)

    def forward(self, x):
        n, m = x.shape[:2]
        x = normalised_input(x, self.data_bn, together=self.data_bn_type == 'MVC')
        for block in self.gcn:
            x = block(x)
        return x.reshape(n, m, *x.shape[1:])
