"""Temporal units that the graph networks share (PYSKL's `unit_tcn` and `mstcn`)."""

import torch
from torch import nn

ST_GCN_PP_BRANCHES = ((3, 1), (3, 2), (3, 3), (3, 4), ('max', 3), '1x1')


class UnitTcn(nn.Module):
    """Convolution over time, (N, C, T, V), with batch norm and dropout."""

    def __init__(self, in_channels, out_channels, kernel_size=9, stride=1, dilation=1, norm=True, dropout=0.):
        super().__init__()
        padding = (kernel_size + (kernel_size - 1) * (dilation - 1) - 1) // 2
        self.conv = nn.Conv2d(
            in_channels, out_channels, (kernel_size, 1), stride=(stride, 1), padding=(padding, 0),
            dilation=(dilation, 1))
        self.bn = nn.BatchNorm2d(out_channels) if norm else nn.Identity()
        self.drop = nn.Dropout(dropout, inplace=True)

    def forward(self, x):
        return self.drop(self.bn(self.conv(x)))


class MsTcn(nn.Module):
    """ST-GCN++'s multi-branch temporal unit; the first branch takes the channels that do not divide."""

    def __init__(self, in_channels, out_channels, stride=1, dropout=0., branches=ST_GCN_PP_BRANCHES):
        super().__init__()
        width = out_channels // len(branches)
        first_width = out_channels - width * (len(branches) - 1)
        self.branches = nn.ModuleList(
            self._branch(in_channels, width if i else first_width, setting, stride)
            for i, setting in enumerate(branches))
        self.transform = nn.Sequential(
            nn.BatchNorm2d(out_channels), nn.ReLU(inplace=True), nn.Conv2d(out_channels, out_channels, 1))
        self.bn = nn.BatchNorm2d(out_channels)
        self.drop = nn.Dropout(dropout, inplace=True)

    @staticmethod
    def _branch(in_channels, width, setting, stride):
        if setting == '1x1':
            return nn.Conv2d(in_channels, width, 1, stride=(stride, 1))
        kind, value = setting
        reduce = [nn.Conv2d(in_channels, width, 1), nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
        if kind == 'max':
            return nn.Sequential(*reduce, nn.MaxPool2d((value, 1), stride=(stride, 1), padding=(value // 2, 0)))
        return nn.Sequential(
            *reduce, UnitTcn(width, width, kernel_size=kind, stride=stride, dilation=value, norm=False))

    def forward(self, x):
        out = torch.cat([branch(x) for branch in self.branches], dim=1)
        return self.drop(self.bn(self.transform(out)))


def normalised_branches(in_channels, out_channels, kernel_size, stride, dilations):
    """Branches of CTR-GCN and MS-G3D: dilated ones, max pooling, 1x1; the last takes the channels that do not divide."""
    count = len(dilations) + 2
    width = out_channels // count
    last_width = out_channels - width * (count - 1)

    def reduce():
        return nn.Conv2d(in_channels, width, 1), nn.BatchNorm2d(width), nn.ReLU(inplace=True)

    dilated = [nn.Sequential(*reduce(), UnitTcn(width, width, kernel_size, stride, dilation)) for dilation in dilations]
    pooled = nn.Sequential(
        *reduce(), nn.MaxPool2d((3, 1), stride=(stride, 1), padding=(1, 0)), nn.BatchNorm2d(width))
    pointwise = nn.Sequential(
        nn.Conv2d(in_channels, last_width, 1, stride=(stride, 1)), nn.BatchNorm2d(last_width))
    return nn.ModuleList([*dilated, pooled, pointwise])


class GraphBlock(nn.Module):
    """ReLU(tcn(gcn(x)) + residual(x)), with a projection where width or frame rate change."""

    def __init__(self, gcn, in_channels, out_channels, stride=1, residual=True, temporal=UnitTcn, dropout=0.):
        super().__init__()
        self.gcn = gcn
        self.tcn = temporal(out_channels, out_channels, stride=stride, dropout=dropout)
        self.relu = nn.ReLU(inplace=True)
        self.has_residual = residual
        if residual and (in_channels != out_channels or stride != 1):
            self.residual = UnitTcn(in_channels, out_channels, kernel_size=1, stride=stride)
        else:
            self.residual = nn.Identity()

    def forward(self, x):
        res = self.residual(x) if self.has_residual else 0
        return self.relu(self.tcn(self.gcn(x)) + res)


def normalised_input(x, data_bn, together):
    """(N, M, T, V, C) to (N * M, C, T, V), normalised over time for each joint and coordinate; persons together or apart."""
    n, m, t, v, c = x.shape
    x = x.permute(0, 1, 3, 4, 2).contiguous()
    x = data_bn(x.view(n, m * v * c, t) if together else x.view(n * m, v * c, t))
    return x.view(n * m, v, c, t).permute(0, 2, 3, 1).contiguous()
